package dragonfab.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One thing that happened, as data: what every form of output is made from.
 *
 * @param place the target, a file, or "local"; never null
 * @param step  the title of the step this belongs to, the name of a row's table, or ""
 * @param text  one line or more, already masked
 * @param more  further fields in the order to show them
 */
public record Event(Kind kind, Instant at, String place, String step, String text, Map<String, Object> more) {

    /** The sort of event; its name in lower case is the `event` field of the JSON form. */
    public enum Kind {
        START, PROGRESS, DONE, COMMAND, OUTPUT, NOTE, WARNING, ROW, FAILURE, SUMMARY
    }

    public Event {
        place = place == null ? "" : place;
        step = step == null ? "" : step;
        text = text == null ? "" : text;
        more = Collections.unmodifiableMap(new LinkedHashMap<>(more));
    }

    static Event of(Kind kind, String place, String step, String text) {
        return new Event(kind, Instant.now(), place, step, text, Map.of());
    }

    static Event command(String place, String step, String shown, String brief) {
        return new Event(Kind.COMMAND, Instant.now(), place, step, shown,
                brief.equals(shown) ? Map.of() : Map.of("brief", brief));
    }

    static Event done(String place, String step, Outcome outcome, Duration took, String detail) {
        var more = new LinkedHashMap<String, Object>();
        more.put("outcome", outcome.word());
        more.put("ms", took.toMillis());
        return new Event(Kind.DONE, Instant.now(), place, step, detail, more);
    }

    static Event progress(String place, String step, long done, long total) {
        var more = new LinkedHashMap<String, Object>();
        more.put("done", done);
        more.put("total", total);
        return new Event(Kind.PROGRESS, Instant.now(), place, step, "", more);
    }

    static Event output(String place, String step, String line, boolean error) {
        return new Event(Kind.OUTPUT, Instant.now(), place, step, line, stream(error));
    }

    /** Output that a person asked for; from a single target it needs no name before it. */
    static Event asked(String place, String line, boolean error, boolean single) {
        var more = stream(error);
        if (single) {
            more.put("single", true);
        }
        return new Event(Kind.OUTPUT, Instant.now(), place, "", line, more);
    }

    private static Map<String, Object> stream(boolean error) {
        var more = new LinkedHashMap<String, Object>();
        more.put("stream", error ? "err" : "out");
        return more;
    }

    static Event row(String table, Map<String, String> row) {
        return new Event(Kind.ROW, Instant.now(), "", table, "", new LinkedHashMap<>(row));
    }

    static Event summary(String text, Map<Outcome, Integer> counts) {
        var more = new LinkedHashMap<String, Object>();
        counts.forEach((outcome, count) -> more.put(outcome.word(), count));
        return new Event(Kind.SUMMARY, Instant.now(), "", "", text, more);
    }

    static Event failure(String script, Failure failure) {
        return failure(script, failure, Invocation.UNKNOWN);
    }

    static Event failure(String script, Failure failure, Invocation by) {
        var more = new LinkedHashMap<String, Object>();
        more.put("script", script);
        more.put("exit", failure.exit().code());
        if (failure.command() != null) {
            more.put("command", failure.command());
        }
        more.put("tail", failure.lastWords());
        if (failure.remedy() != null) {
            more.put("try", failure.remedy().typed(by));
        }
        return new Event(Kind.FAILURE, Instant.now(), failure.place(), "", failure.getMessage(), more);
    }

    /** With one field more. */
    Event with(String field, Object value) {
        var all = new LinkedHashMap<>(more);
        all.put(field, value);
        return new Event(kind, at, place, step, text, all);
    }

    /** With another text, which in a row stands in the last column. */
    Event saying(String other) {
        if (kind != Kind.ROW) {
            return new Event(kind, at, place, step, other, more);
        }
        var columns = List.copyOf(more.keySet());
        var row = new LinkedHashMap<String, Object>();
        columns.forEach(column -> row.put(column, ""));
        row.put(columns.get(0), more.get(columns.get(0)));
        row.put(columns.get(columns.size() - 1), other);
        return new Event(kind, at, place, step, text, row);
    }

    /** Tells the steps that run at the same time apart. */
    String key() {
        return place + '\0' + step;
    }
}
