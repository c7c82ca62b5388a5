package dragonfab.report;

import java.util.Locale;

/** Times and sizes as people say them. */
public final class HumanUnits {
    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB"};

    private HumanUnits() {
    }

    /** A finished step's time: to the tenth of a second while that matters. */
    static String took(long millis) {
        return millis < 60_000 ? String.format(Locale.ROOT, "%.1f s", Math.floor(millis / 100.0) / 10)
                : time(millis / 1000);
    }

    static String time(long seconds) {
        if (seconds < 60) {
            return seconds + " s";
        }
        return seconds < 3600 ? seconds / 60 + " min " + seconds % 60 + " s"
                : seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
    }

    public static String bytes(double bytes) {
        var unit = 0;
        while (bytes >= 999.5 && unit < UNITS.length - 1) {
            bytes /= 1000;
            unit++;
        }
        var format = unit > 0 && bytes < 9.95 ? "%.1f %s" : "%.0f %s";
        return String.format(Locale.ROOT, format, bytes, UNITS[unit]);
    }
}
