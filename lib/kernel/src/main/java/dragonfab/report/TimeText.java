package dragonfab.report;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.function.Function;

/** A moment as it is shown: how long ago for people, local time for those who want to know more, UTC for programs. */
public final class TimeText {
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private final Function<Instant, String> text;

    private TimeText(Function<Instant, String> text) {
        this.text = text;
    }

    static TimeText ago(Clock clock) {
        return new TimeText(at -> ago(Duration.between(at, clock.instant())));
    }

    static TimeText local(ZoneId zone) {
        return new TimeText(at -> LOCAL.format(at.atZone(zone)));
    }

    static TimeText utc() {
        return new TimeText(Instant::toString);
    }

    /** As the options of a script want it. */
    public static TimeText choose(Verbosity verbosity, boolean json) {
        return json ? utc() : verbosity == Verbosity.VERBOSE ? local(ZoneId.systemDefault())
                : ago(Clock.systemUTC());
    }

    /** What another machine wrote as a moment; to the letter where it is none. @param times shows a moment */
    public static String shown(String text, Function<Instant, String> times) {
        try {
            return text.isEmpty() ? "" : times.apply(Instant.parse(text));
        } catch (DateTimeParseException byHand) {
            return text;
        }
    }

    String of(Instant at) {
        return text.apply(at);
    }

    /** Clocks differ, so that something may have happened a little later than now. */
    private static String ago(Duration past) {
        if (past.getSeconds() < 1) {
            return "just now";
        }
        return past.toMinutes() < 1 ? ago(past.getSeconds(), "second")
                : past.toHours() < 1 ? ago(past.toMinutes(), "minute")
                : past.toDays() < 1 ? ago(past.toHours(), "hour") : ago(past.toDays(), "day");
    }

    private static String ago(long count, String unit) {
        return count + " " + unit + (count == 1 ? "" : "s") + " ago";
    }
}
