package dragonfab.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Names of SQL as people write them: joined by dots, in quotes where letters alone would not do. */
final class SqlName {
    private static final Pattern PART =
            Pattern.compile("\"((?:[^\"]|\"\")+)\"|([\\p{L}_][\\p{L}\\p{N}_$]*)");
    private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_$]*");

    private SqlName() {
    }

    /** Without their quotes, and in lower case where there were none, as PostgreSQL does it; none is no name. */
    static List<String> parts(String text) {
        var parts = new ArrayList<String>();
        var matcher = PART.matcher(text);
        var at = 0;
        while (matcher.find(at) && matcher.start() == at) {
            parts.add(matcher.group(1) != null ? matcher.group(1).replace("\"\"", "\"")
                    : matcher.group(2).toLowerCase(Locale.ROOT));
            if (matcher.end() == text.length()) {
                return parts;
            }
            if (text.charAt(matcher.end()) != '.') {
                return List.of();
            }
            at = matcher.end() + 1;
        }
        return List.of();
    }

    static String written(String name) {
        return PLAIN.matcher(name).matches() ? name : '"' + name.replace("\"", "\"\"") + '"';
    }
}
