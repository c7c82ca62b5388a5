package dragonfab.web;

import dragonfab.report.TimeText;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import com.grack.nanojson.JsonWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;

/**
 * Why a site is closed: the one line of the flag that closes it.
 *
 * @param since   in ISO form; empty when somebody set the flag by hand
 * @param message what visitors read; empty for what the page says by itself
 */
public record MaintenanceNotice(String since, String by, String message) {

    /** For people: since when; what somebody wrote by hand, to the letter. @param times shows a moment */
    public String shownSince(Function<Instant, String> times) {
        return TimeText.shown(since, times);
    }

    public static MaintenanceNotice now(String by, String message) {
        return new MaintenanceNotice(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(), by, message);
    }

    /** A flag is a flag whatever stands in it. */
    static MaintenanceNotice read(String line) {
        try {
            var json = JsonParser.object().from(line);
            return new MaintenanceNotice(json.getString("since", ""), json.getString("by", ""),
                    json.getString("message", ""));
        } catch (JsonParserException byHand) {
            return new MaintenanceNotice("", "", "");
        }
    }

    /** This notice with another message, by somebody else. */
    public MaintenanceNotice saying(String message, String by) {
        return message.equals(this.message) ? this : new MaintenanceNotice(since, by, message);
    }

    String line() {
        return JsonWriter.string().object().value("since", since).value("by", by).value("message", message)
                .end().done();
    }
}
