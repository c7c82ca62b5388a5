package dragonfab.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/reference/output.md and the events that really come, both ways. */
class OutputPageTest {
    static final Path PAGE = Path.of(System.getProperty("dragonfab.home"), "docs/reference/output.md");

    @Test
    void thePageHasEveryEventWithItsFields() throws Exception {
        var events = events();
        var documented = page().filter(line -> line.matches("\\| `\\w+` \\| `at`.*"))
                .map(line -> line.replaceAll("^(\\|[^|]*\\|[^|]*\\|).*", "$1"));

        var real = Arrays.stream(Event.Kind.values()).map(kind -> row(kind, events));
        assertEquals(real.collect(Collectors.joining("\n")), documented.collect(Collectors.joining("\n")));
    }

    @Test
    void thePageExplainsEveryFieldAndNoOther() throws Exception {
        var explained = page().dropWhile(line -> !line.equals("| field | is |")).skip(2)
                .map(line -> line.replaceAll("^\\| `(\\w+)` .*", "$1"));

        var real = new TreeSet<>(events().stream().flatMap(event -> event.keySet().stream()).toList());
        assertEquals(String.join("\n", real), explained.sorted().collect(Collectors.joining("\n")));
    }

    /** In the order in which they come; with a mark where one is not always there. */
    private static String row(Event.Kind kind, List<JsonObject> events) {
        var name = kind.name().toLowerCase(Locale.ROOT);
        var ours = events.stream().filter(event -> event.getString("event").equals(name)).toList();
        var fields = new LinkedHashSet<String>();
        ours.stream().sorted((a, b) -> b.size() - a.size()).forEach(event -> fields.addAll(event.keySet()));
        fields.remove("event");
        return "| `" + name + "` | " + fields.stream()
                .map(field -> field + (ours.stream().allMatch(event -> event.has(field)) ? "" : "?"))
                .map(field -> "`" + field + "`").collect(Collectors.joining(" ")) + " |";
    }

    /** One of each with all that it can have, and one with as little as it can have. */
    private static List<JsonObject> events() throws JsonParserException {
        var out = new Captured();
        var sink = new JsonSink(out.stream, new Captured().stream);
        everything(new Report(sink));
        little(new Report(sink));
        var events = new ArrayList<JsonObject>();
        for (String line : out.text().lines().toList()) {
            events.add(JsonParser.object().from(line));
        }
        return events;
    }

    private static void everything(Report report) {
        report.single(true);
        for (Outcome outcome : Outcome.values()) {
            var step = report.begin("app1", "a" + outcome);
            step.progress(1, 2);
            step.command("true");
            step.command("sh -c true restart", "script restart");
            step.output("line", false);
            step.done(outcome, "why");
        }
        report.output("app1", "line", true);
        report.note("app1", "text");
        report.warn("app1", "text");
        report.row("table", Map.of("column", "cell"));
        report.keepLogs((name, text) -> Optional.of(name));
        report.failure("run", Failure.failed("app1", "exit 1").of("false", Collections.nCopies(21, "line"))
                .remedy("true"));
        report.summary();
    }

    private static void little(Report report) {
        report.output("app1", "", false);
        report.failure("run", Failure.failed("app1", "text"));
        report.begin("app1", "a").done(Outcome.CHANGED);
        report.summary();
        report.begin("app1", "a").done(Outcome.FAILED);
        report.summary();
    }

    private static Stream<String> page() throws IOException {
        return Files.readAllLines(PAGE).stream();
    }
}
