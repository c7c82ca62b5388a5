package dragonfab.shell.ssh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * All by which an ssh configuration tells hosts apart, where that is no more than the patterns of its Host lines: two
 * hosts that are {@link #alike} get the same answers.
 */
record HostPatterns(List<String> patterns) {
    private static final Pattern LINE = Pattern.compile("\\s*(\\w+)[\\s=]+([^\"%]*)");
    private static final Pattern PLAIN = Pattern.compile("[a-z0-9.:-]+");

    /** Empty where only ssh itself can tell: with Match, tokens, or names that are looked up. */
    static Optional<HostPatterns> of(List<Path> files) {
        var patterns = new ArrayList<String>();
        try {
            for (var file : files) {
                for (var line : Files.readAllLines(file)) {
                    if (!understood(line, patterns)) {
                        return Optional.empty();
                    }
                }
            }
        } catch (IOException unreadable) {
            return Optional.empty();
        }
        return files.isEmpty() ? Optional.empty() : Optional.of(new HostPatterns(List.copyOf(patterns)));
    }

    private static boolean understood(String line, List<String> patterns) {
        if (line.isBlank() || line.stripLeading().startsWith("#")) {
            return true;
        }
        var words = LINE.matcher(line);
        if (!words.matches()) {
            return false;
        }
        var keyword = words.group(1).toLowerCase(Locale.ROOT);
        if (keyword.equals("host")) {
            for (var pattern : words.group(2).strip().split("\\s+")) {
                patterns.add(pattern.startsWith("!") ? pattern.substring(1) : pattern);
            }
        }
        return !keyword.equals("match") && !keyword.startsWith("canonical");
    }

    /** Whether each pattern holds for both addresses, or for neither. */
    boolean alike(String one, String other) {
        return PLAIN.matcher(one).matches() && PLAIN.matcher(other).matches() && patterns.stream()
                .allMatch(pattern -> KnownHost.matches(pattern, one) == KnownHost.matches(pattern, other));
    }
}
