package dragonfab.report;

/**
 * How far a step has come, in bytes, and its rate over the last seconds, so that a stall shows.
 *
 * <p>Times are nanoseconds of one clock.
 */
final class TransferRate {
    private static final long WINDOW = 4_000_000_000L;
    private static final int BAR = 20;
    private static final int NARROW = 60;
    private static final int WIDE = 80;

    private final long total;
    private long done;
    private long before;
    private long beforeAt;
    private long mark;
    private long markAt;

    TransferRate(long done, long total, long now) {
        this.total = total;
        this.done = done;
        this.before = done;
        this.mark = done;
        this.beforeAt = now;
        this.markAt = now;
    }

    boolean isOf(long other) {
        return total == other;
    }

    void reached(long done, long now) {
        this.done = done;
        if (now - markAt >= WINDOW) {
            before = mark;
            beforeAt = markAt;
            mark = done;
            markAt = now;
        }
    }

    /** Bar, share, speed and the time left, as far as they are known and there is room. */
    String shown(int columns, long now) {
        var shown = new StringBuilder(total > 0 ? share(columns) : HumanUnits.bytes(done));
        var seconds = (now - beforeAt) / 1e9;
        if (seconds >= 1) {
            var speed = (done - before) / seconds;
            shown.append(columns < NARROW ? "" : "  " + HumanUnits.bytes(speed) + "/s");
            if (speed > 0 && done < total) {
                var left = (long) Math.ceil((total - done) / speed);
                shown.append("  ").append(HumanUnits.time(left)).append(" left");
            }
        }
        return shown.toString();
    }

    private String share(int columns) {
        var share = Math.min(1.0, Math.max(0.0, (double) done / total));
        var percent = (int) (100 * share) + " %";
        var bar = columns >= WIDE ? BAR : BAR / 2;
        var full = (int) (bar * share);
        return columns < NARROW ? percent : "[" + "#".repeat(full) + "-".repeat(bar - full) + "] " + percent;
    }
}
