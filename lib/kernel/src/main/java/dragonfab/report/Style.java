package dragonfab.report;

import java.util.Locale;
import java.util.Map;

/**
 * The dress of a line: colours, marks, and the signs that the locale can show. Without both it is bare text.
 *
 * @param unicode whether the locale shows more than ASCII
 */
record Style(boolean colour, boolean marks, boolean unicode) {
    static final Style PLAIN = new Style(false, false, true);

    private static final int COLUMN = 11;

    /** For a terminal. NO_COLOR counts when it is there and not empty, as no-color.org says. */
    static Style of(Map<String, String> env) {
        return new Style(env.getOrDefault("NO_COLOR", "").isEmpty(), true, isUnicode(env));
    }

    private static boolean isUnicode(Map<String, String> env) {
        for (String name : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
            var locale = env.getOrDefault(name, "");
            if (!locale.isEmpty()) {
                return locale.toUpperCase(Locale.ROOT).replace("-", "").contains("UTF8");
            }
        }
        return false;
    }

    /** The first word of a line, so that what follows lines up. */
    String label(String word) {
        var padded = TerminalText.pad(word, COLUMN);
        if (!marks) {
            return padded;
        }
        return switch (word) {
            case "changed" -> green(sign("✓", "+") + " " + padded);
            case "unchanged" -> dim(sign("·", ".") + " " + padded);
            case "failed" -> red(sign("✗", "x") + " " + padded);
            default -> "  " + padded;
        };
    }

    /** The columns that it takes. */
    int labelWidth() {
        return COLUMN + (marks ? 2 : 0);
    }

    String ellipsis() {
        return sign("…", "...");
    }

    String bold(String text) {
        return painted("1", text);
    }

    String dim(String text) {
        return painted("2", text);
    }

    private String green(String text) {
        return painted("32", text);
    }

    private String red(String text) {
        return painted("31", text);
    }

    private String sign(String sign, String ascii) {
        return unicode ? sign : ascii;
    }

    private String painted(String code, String text) {
        return colour && !text.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
