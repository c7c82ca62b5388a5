package dragonfab.deb;

import dragonfab.shell.KeyedLines;

/** A Debian version number, ordered as dpkg orders them (deb-version(7)). */
public record DebVersion(String text) implements Comparable<DebVersion> {

    @Override
    public int compareTo(DebVersion other) {
        int byEpoch = Long.compare(epoch(), other.epoch());
        if (byEpoch != 0) {
            return byEpoch;
        }
        int byUpstream = compare(upstream(), other.upstream());
        return byUpstream != 0 ? byUpstream : compare(revision(), other.revision());
    }

    /** Written out: what a record has by itself is put together when first called, by every thread that calls it. */
    @Override
    public boolean equals(Object other) {
        return other instanceof DebVersion version && text.equals(version.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    private long epoch() {
        int colon = text.indexOf(':');
        // dpkg takes none that is no number; what a garbled answer says is of no age.
        return colon < 0 ? 0 : KeyedLines.number(text.substring(0, colon)).orElse(0);
    }

    /** Without the epoch, as file names have it. */
    public String withoutEpoch() {
        return text.substring(text.indexOf(':') + 1);
    }

    private String upstream() {
        var rest = withoutEpoch();
        int dash = rest.lastIndexOf('-');
        return dash < 0 ? rest : rest.substring(0, dash);
    }

    private String revision() {
        var rest = withoutEpoch();
        int dash = rest.lastIndexOf('-');
        return dash < 0 ? "" : rest.substring(dash + 1);
    }

    /** Runs of non-digits and digits in turn: the first by rank of their characters, the second as numbers. */
    private static int compare(String a, String b) {
        int i = 0;
        int j = 0;
        while (i < a.length() || j < b.length()) {
            while (i < a.length() && !digit(a, i) || j < b.length() && !digit(b, j)) {
                int byRank = Integer.compare(rank(a, i), rank(b, j));
                if (byRank != 0) {
                    return byRank;
                }
                i++;
                j++;
            }
            int fromA = i;
            int fromB = j;
            while (digit(a, i)) {
                i++;
            }
            while (digit(b, j)) {
                j++;
            }
            int byNumber = number(a, fromA, i).compareTo(number(b, fromB, j));
            if (byNumber != 0) {
                return byNumber;
            }
        }
        return 0;
    }

    private static boolean digit(String text, int at) {
        return at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }

    /** A tilde sorts before the end, the end before letters, letters before all else. */
    private static int rank(String text, int at) {
        if (at >= text.length() || digit(text, at)) {
            return 0;
        }
        char c = text.charAt(at);
        return c == '~' ? -1 : Character.isLetter(c) ? c : c + 256;
    }

    private static java.math.BigInteger number(String text, int from, int to) {
        return from == to ? java.math.BigInteger.ZERO : new java.math.BigInteger(text.substring(from, to));
    }

    @Override
    public String toString() {
        return text;
    }
}
