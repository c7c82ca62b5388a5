package dragonfab.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A list of any length in a text: people are shown its beginning and how many more there are, programs all of it.
 *
 * <p>Invisible marks stand around what may be left out, for only a sink knows who reads; none of them lets one through.
 */
public final class LongList {
    static final int MOST = 10;
    private static final String EDGE = "\u2063";
    private static final String LINE_END = "\n";
    private static final String EACH = "\u2064";
    private static final Pattern REST = Pattern.compile(EDGE + "([^" + EDGE + "]*)" + EDGE);
    private static final Pattern MARK = Pattern.compile("[" + EDGE + EACH + "]");

    private LongList() {
    }

    /** As {@code a, b, c}. */
    public static String of(Collection<String> items) {
        return of(items, ", ");
    }

    public static String of(Collection<String> items, String separator) {
        var all = items.stream().map(LongList::whole).toList();
        int most = separator.equals(LINE_END) ? Failure.LAST : MOST;
        if (all.size() <= most) {
            return String.join(separator, all);
        }
        var rest = all.subList(most, all.size()).stream().map(each -> EACH + separator + each);
        return String.join(separator, all.subList(0, most)) + EDGE + rest.collect(Collectors.joining()) + EDGE;
    }

    /** The text with the beginning of each list. */
    static String cut(String text) {
        return REST.matcher(text).replaceAll(rest -> (rest.group(1).startsWith(EACH + LINE_END) ? LINE_END : " ")
                + more(rest.group(1).chars().filter(mark -> mark == EACH.charAt(0)).count()));
    }

    static boolean isIn(String text) {
        return text.contains(EDGE);
    }

    /** The text with all of each list. */
    public static String whole(String text) {
        return MARK.matcher(text).replaceAll("");
    }

    /** Lines that are a list of their own. */
    static List<String> cut(List<String> lines, int most) {
        if (lines.size() <= most) {
            return lines;
        }
        var shown = new ArrayList<>(lines.subList(0, most));
        shown.add(more(lines.size() - most));
        return shown;
    }

    static String more(long count) {
        return "... and " + count + " more (-v shows all)";
    }
}
