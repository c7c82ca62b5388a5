package dragonfab.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** The known word that a mistyped one was meant to be: at most two letters away, whatever their case. */
public final class Suggestion {
    private static final int MOST_SLIPS = 2;

    private Suggestion() {
    }

    /** {@code " (did you mean lxc?)"}, or nothing. */
    public static String of(String typed, Collection<String> known) {
        var best = known.stream()
                .filter(word -> slips(folded(typed), folded(word)) <= Math.min(MOST_SLIPS, typed.length() - 1))
                .min(Comparator.comparingInt((String word) -> slips(folded(typed), folded(word)))
                        .thenComparingInt(word -> slips(typed, word)));
        return best.map(word -> " (did you mean " + word + "?)").orElse("");
    }

    private static String folded(String word) {
        return word.toLowerCase(Locale.ROOT);
    }

    /** Letters left out, added, changed, or swapped with their neighbour. */
    static int slips(String one, String other) {
        if (Math.abs(one.length() - other.length()) > MOST_SLIPS) {
            return MOST_SLIPS + 1;
        }
        var count = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                count[i][j] = i == 0 || j == 0 ? i + j : least(count, one, other, i, j);
            }
        }
        return count[one.length()][other.length()];
    }

    private static int least(int[][] count, String one, String other, int i, int j) {
        var same = one.charAt(i - 1) == other.charAt(j - 1);
        var least = Math.min(count[i - 1][j - 1] + (same ? 0 : 1),
                1 + Math.min(count[i - 1][j], count[i][j - 1]));
        var swapped = i > 1 && j > 1 && one.charAt(i - 1) == other.charAt(j - 2)
                && one.charAt(i - 2) == other.charAt(j - 1);
        return swapped ? Math.min(least, count[i - 2][j - 2] + 1) : least;
    }
}
