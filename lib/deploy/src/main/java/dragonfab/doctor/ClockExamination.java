package dragonfab.doctor;

import dragonfab.shell.KeyedLines;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/** What a place says of the time, beside that of this machine. */
final class ClockExamination {
    private ClockExamination() {
    }

    /**
     * @param time what it said, in seconds
     * @param here the time on this machine when it said that
     * @param most by which two clocks may differ
     */
    static Finding of(String place, String time, Instant here, Duration most) {
        var told = KeyedLines.number(time);
        if (told.isEmpty()) {
            return Finding.problem("clock", place, "it does not tell the time", "date");
        }
        long skew = told.getAsLong() - here.getEpochSecond();
        if (Math.abs(skew) <= most.toSeconds()) {
            return Finding.ok("clock", place, "agrees with this machine's");
        }
        return Finding.problem("clock", place, "is " + Math.abs(skew) + " s " + (skew > 0 ? "ahead of" : "behind")
                + " this machine's", "timedatectl set-ntp true, on whichever is wrong");
    }

    /** An answer, and the time on this machine when it was given. */
    record Timed<T>(T answer, Instant here) {
        static <T> Timed<T> of(Supplier<T> question) {
            var before = Instant.now();
            var answer = question.get();
            return new Timed<>(answer,
                    Instant.ofEpochMilli((before.toEpochMilli() + Instant.now().toEpochMilli()) / 2));
        }
    }
}
