package dragonfab.state;

import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import com.grack.nanojson.JsonWriter;
import java.time.Instant;
import java.util.function.Function;

/**
 * Who holds a site, as the target keeps it.
 *
 * @param id   of the run, or empty for a person who forbade deploys
 * @param what the command, or the message
 */
public record LockOwner(String id, String by, Instant since, String what) {

    /** Whatever stands there; what is not understood has no owner. */
    public static LockOwner of(String line) {
        try {
            var json = JsonParser.object().from(line);
            return new LockOwner(json.getString("id", ""), json.getString("by", "?"),
                    Instant.parse(json.getString("since", Instant.EPOCH.toString())), json.getString("what", ""));
        } catch (JsonParserException | java.time.format.DateTimeParseException e) {
            return new LockOwner("", "?", Instant.EPOCH, "");
        }
    }

    public String line() {
        return JsonWriter.string().object().value("id", id).value("by", by).value("since", since.toString())
                .value("what", what).end().done();
    }

    /** For people: who, since when, at what. @param times shows a moment */
    public String shown(Function<Instant, String> times) {
        return by + (since.equals(Instant.EPOCH) ? "" : " (" + times.apply(since) + ")")
                + (what.isEmpty() ? "" : ": " + what);
    }
}
