package dragonfab.config;

import dragonfab.report.Failure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Everything that is wrong with one source, gathered so that a person can put it right in one go. */
final class Problems {
    private static final int LONGEST_QUOTE = 60;

    private final String source;
    private final List<Problem> found = new ArrayList<>();

    private record Problem(int line, String text) {}

    /** @param source the file's name, or --set, which has no lines */
    Problems(String source) {
        this.source = source;
    }

    void add(int line, String path, String text) {
        var problem = new Problem(source.equals(Layers.SET) ? 0 : line,
                path.isEmpty() ? text : quoted(path) + ": " + text);
        if (!found.contains(problem)) {
            found.add(problem);
        }
    }

    /** Where a person finds what is inside something; inside a secret nothing is named, for it may be one. */
    static String path(String outer, String key) {
        var known = Key.named(outer.substring(outer.lastIndexOf('.') + 1));
        if (known != null && known.kind().secret()) {
            return outer;
        }
        return outer.isEmpty() || outer.equals("environments") ? key : outer + "." + key;
    }

    boolean any() {
        return !found.isEmpty();
    }

    List<String> lines() {
        return found.stream().sorted(Comparator.comparingInt(Problem::line))
                .map(problem -> (problem.line() > 0 ? source + ":" + problem.line() : source)
                        + ": " + problem.text())
                .toList();
    }

    void raise() {
        if (any()) {
            var what = found.size() == 1 ? "1 problem" : found.size() + " problems";
            throw Failure.usage(source, what).listing(lines());
        }
    }

    /** What a file says may be long, and may hold what a terminal would obey. */
    static String quoted(String text) {
        var plain = text.replaceAll("\\p{Cntrl}", "?");
        return plain.length() <= LONGEST_QUOTE ? plain : plain.substring(0, LONGEST_QUOTE) + "...";
    }
}
