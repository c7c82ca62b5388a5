package dragonfab.report;

import com.grack.nanojson.JsonWriter;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One JSON object a line for each event, and nothing else, on the output stream. */
public final class JsonSink implements Sink {
    private static final Duration PACE = Duration.ofSeconds(1);
    /** Always three decimals, so that the lines sort as text. */
    private static final DateTimeFormatter AT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final WholeWriter out;
    private final WholeWriter err;
    private final Map<String, Instant> told = new HashMap<>();

    public JsonSink(PrintStream out, PrintStream err) {
        this.out = new WholeWriter(out);
        this.err = new WholeWriter(err);
    }

    @Override
    public synchronized void accept(Event event) {
        if (isTooSoon(event)) {
            return;
        }
        out.write(JsonWriter.string(object(event)) + "\n");
        if (event.kind() == Event.Kind.FAILURE) {
            err.write(Failures.text(event));
        }
    }

    private boolean isTooSoon(Event event) {
        if (event.kind() == Event.Kind.DONE) {
            told.remove(event.key());
        }
        if (event.kind() != Event.Kind.PROGRESS) {
            return false;
        }
        var last = told.get(event.key());
        if (last != null && Duration.between(last, event.at()).abs().compareTo(PACE) < 0) {
            return true;
        }
        told.put(event.key(), event.at());
        return false;
    }

    /** What is empty is left out; a row's columns are its own names, so they have an object of their own. */
    private static Map<String, Object> object(Event event) {
        var object = new LinkedHashMap<String, Object>();
        var row = event.kind() == Event.Kind.ROW;
        object.put("event", event.kind().name().toLowerCase(Locale.ROOT));
        object.put("at", AT.format(event.at()));
        put(object, "place", event.place());
        put(object, row ? "table" : "step", event.step());
        put(object, "text", event.text());
        if (row) {
            object.put("row", whole(event.more()));
        } else {
            event.more().forEach((field, value) -> object.put(field, whole(value)));
        }
        return object;
    }

    /** A program gets lists as long as they are. */
    private static Object whole(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(JsonSink::whole).toList();
        }
        if (value instanceof Map<?, ?> row) {
            var whole = new LinkedHashMap<String, Object>();
            row.forEach((column, cell) -> whole.put(column.toString(), whole(cell)));
            return whole;
        }
        return value instanceof String text ? LongList.whole(text) : value;
    }

    private static void put(Map<String, Object> object, String field, String value) {
        if (!value.isEmpty()) {
            object.put(field, LongList.whole(value));
        }
    }
}
