package dragonfab.shell.ssh;

import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What short names in a path of the ssh configuration mean: {@code ~}, {@code %h}, {@code ${HOME}}. */
record ConfigTokens(Path home, Map<String, String> percents, Map<String, String> environment) {
    private static final Pattern PERCENT = Pattern.compile("%(.)");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)}");

    Path path(String text) {
        var plain = text.indexOf('%') < 0 && text.indexOf('$') < 0;
        var written = plain ? text : replace(VARIABLE, environment, replace(PERCENT, percents, text));
        if (written.equals("~") || written.startsWith("~/")) {
            return home.resolve(written.substring(Math.min(2, written.length())));
        }
        return home.resolve(written);
    }

    private static String replace(Pattern pattern, Map<String, String> values, String text) {
        return pattern.matcher(text).replaceAll(found -> Matcher.quoteReplacement(
                found.group(1).equals("%") ? "%" : values.getOrDefault(found.group(1), found.group())));
    }
}
