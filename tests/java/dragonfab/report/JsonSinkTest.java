package dragonfab.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonSinkTest {
    final Captured out = new Captured();
    final Captured err = new Captured();
    final JsonSink sink = new JsonSink(out.stream, err.stream);

    @Test
    void everyEventIsOneObjectOnOneLine() {
        tell(Event.of(Event.Kind.START, "app1", "install", ""));
        tell(Event.of(Event.Kind.COMMAND, "app1", "install", "sh -c 'a\nb'"));
        tell(Event.output("app1", "install", "line", true));
        tell(Event.asked("app1", "asked for", false, true));
        tell(Event.done("app1", "install", Outcome.CHANGED, Duration.ofMillis(12), "1.0-1"));
        tell(Event.row("hosts", Map.of("at", "home")));

        assertEquals("""
                {"event":"start","at":"AT","place":"app1","step":"install"}
                {"event":"command","at":"AT","place":"app1","step":"install","text":"sh -c 'a\\nb'"}
                {"event":"output","at":"AT","place":"app1","step":"install","text":"line","stream":"err"}
                {"event":"output","at":"AT","place":"app1","text":"asked for","stream":"out","single":true}
                {"event":"done","at":"AT","place":"app1","step":"install","text":"1.0-1","outcome":"changed",\
                "ms":12}
                {"event":"row","at":"AT","table":"hosts","row":{"at":"home"}}
                """.replace("AT", "2026-08-01T10:00:00.000Z"), out.text());
        assertEquals("", err.text());
    }

    @Test
    void aFailureIsAlsoReadable() {
        var failure = Failure.failed("app1", "exit 1").of("false", List.of("no")).remedy("true");
        tell(Event.failure("run", failure));

        assertEquals("""
                {"event":"failure","at":"2026-08-01T10:00:00.000Z","place":"app1","text":"exit 1",\
                "script":"run","exit":1,"command":"false","tail":["no"],"try":"true"}
                """, out.text());
        assertEquals("""
                run: app1: exit 1
                  command: false
                  no
                try: true
                """, err.text());
    }

    @Test
    void progressComesAtMostOnceASecondForEachStep() {
        for (int tenth = 0; tenth < 25; tenth++) {
            tell(Event.progress("app1", "upload", tenth, 25), tenth * 100);
            tell(Event.progress("app2", "upload", tenth, 25), tenth * 100);
        }
        tell(Event.done("app1", "upload", Outcome.CHANGED, Duration.ZERO, ""), 2500);
        tell(Event.progress("app1", "upload", 1, 25), 2600);

        assertEquals("app1 0, app2 0, app1 10, app2 10, app1 20, app2 20, app1 1", String.join(", ",
                out.text().lines().filter(line -> line.contains("progress"))
                        .map(line -> line.replaceAll(".*(app.).*done\":(\\d+).*", "$1 $2")).toList()));
    }

    @Test
    void whateverARemoteSaysStaysOneValidObject() throws JsonParserException {
        var odd = "a\"b\\c\n\u2028\u0000\u001b[2J\u009b é日🚀 \ud800";
        tell(Event.of(Event.Kind.NOTE, "app1", "", odd));

        assertEquals(1, out.text().lines().count());
        assertEquals(odd.replace('\ud800', '?'), JsonParser.object().from(out.text()).getString("text"));
    }

    @Test
    void aMissingCellIsNull() {
        var row = new java.util.HashMap<String, String>();
        row.put("by", null);
        new Report(sink).row("releases", row);

        assertTrue(out.text().endsWith("\"row\":{\"by\":null}}\n"), out.text());
    }

    private void tell(Event event) {
        tell(event, 0);
    }

    private void tell(Event event, long millis) {
        var at = Instant.parse("2026-08-01T10:00:00Z").plusMillis(millis);
        sink.accept(new Event(event.kind(), at, event.place(), event.step(), event.text(), event.more()));
    }
}
