package dragonfab.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MaskingTest {
    static final String POISON = "p0ison+Pill";

    /** Every way a text can get into a report. A method that is not here fails a test below. */
    static final Map<String, Consumer<Report>> WAYS = new TreeMap<>(Map.of(
            "begin", report -> report.begin(POISON, "also " + POISON).done(Outcome.CHANGED),
            "note", report -> report.note(POISON, "see " + POISON),
            "warn", report -> report.warn(POISON, POISON + " is weak"),
            "output", report -> {
                report.output(POISON, "password: " + POISON, false);
                report.output("app1", POISON, true);
            },
            "list", report -> report.list(POISON, List.of(POISON)),
            "row", report -> report.row(POISON, Map.of("column", POISON, POISON, "cell")),
            "failure", report -> {
                report.failure("run", Failure.failed("app1", "wrong: " + POISON));
                report.failure(POISON, Failure.failed(POISON, "exit 1")
                        .of("login " + POISON, List.of(POISON, "x")).remedy("not " + POISON));
            },
            "step.command", report -> report.begin("app1", "log in").command("login " + POISON),
            "step.output", report -> report.begin("app1", "log in").output("hello " + POISON, false),
            "step.done", report -> report.begin("app1", "log in").done(Outcome.UNCHANGED, "is " + POISON)));

    static {
        WAYS.put("rows", report -> report.rows("table", List.of(Map.of("column", POISON))));
    }

    /** These take no text, or give none on. */
    static final List<String> WITHOUT_TEXT =
            List.of("mask", "single", "startedAs", "typed", "shared", "summary", "aside", "isUnchanged", "keepLogs",
                    "underWay",
                    "time",
                    "step.progress", "step.title");

    @Test
    void noWayThroughAReportLetsASecretOut() {
        WAYS.forEach((name, way) -> assertFalse(everythingSaid(way, POISON).contains(POISON), name));
    }

    @Test
    void eachOfTheWaysWouldLetItOutUnmasked() {
        WAYS.forEach((name, way) -> assertTrue(everythingSaid(way, "another").contains(POISON), name));
    }

    @Test
    void thereIsNoOtherWay() {
        var methods = Stream.concat(names(Report.class, ""), names(Step.class, "step.")).collect(
                Collectors.toCollection(TreeSet::new));
        var known = new TreeSet<>(WAYS.keySet());
        known.addAll(WITHOUT_TEXT);

        assertEquals(known.toString(), methods.toString());
    }

    @Test
    void aSecretThatItsColoursSplitIsHiddenToo() {
        var said = everythingSaid(report -> report.warn("app1", "p0ison\u001b[1m+\u001b[0mPill"), POISON);

        assertFalse(said.contains(POISON), said);
        assertTrue(said.contains("***"), said);
    }

    @Test
    void overlappingSecretsLeaveNothingOver() {
        assertEquals("note       app1: a ***. *** ***!\n",
                noted("a abcdef. abcdabcd abcd!", "abcd", "cdef", "cdabcd"));
        assertEquals("note       app1: ***\n", noted("xyxyxy", "xyxy"));
    }

    @Test
    void aSecretOfSeveralLinesIsHiddenLineByLine() {
        assertEquals("note       app1: *** and ***, not end\n",
                noted("first line and second, not end", "  first line\r\nsecond\nend\n"));
    }

    @Test
    void thePasswordOfAnAddressIsHiddenWithoutItToo() {
        assertEquals("note       app1: ***, *** of shop, and ***\n",
                noted("p%40ss+word, p@ss+word of shop, and postgres://shop:p%40ss+word@db/shop",
                        "postgres://shop:p%40ss+word@db/shop"));
    }

    @Test
    void aSecretThatIsAWordOfOursDoesNotChangeWhatHappened() {
        var out = new Captured();
        var report = new Report(new PlainSink(out.stream, out.stream, Verbosity.NORMAL));
        report.mask("planned");
        var step = report.begin("app1", "install");
        step.command("apt-get");
        step.done(Outcome.PLANNED);

        assertEquals("planned    app1: install\n  apt-get\n", out.text());
    }

    private static String noted(String text, String... secrets) {
        var out = new Captured();
        var report = new Report(new PlainSink(out.stream, out.stream, Verbosity.NORMAL));
        Arrays.stream(secrets).forEach(report::mask);
        report.note("app1", text);
        return out.text();
    }

    /** The output of every sink, and the raw events. */
    private static String everythingSaid(Consumer<Report> way, String secret) {
        var out = new Captured();
        var raw = new StringBuilder();
        var clock = new long[1];
        var live = new TerminalSink(out.stream, out.stream, Verbosity.VERBOSE, new Style(true, true, true),
                () -> clock[0] += 150_000_000L, java.util.Optional::empty, true);
        var sinks = List.of(new PlainSink(out.stream, out.stream, Verbosity.VERBOSE), live,
                new JsonSink(out.stream, out.stream), (Sink) raw::append);
        for (Sink sink : sinks) {
            var report = new Report(sink);
            report.mask(secret);
            way.accept(report);
            live.tick();
            report.summary();
        }
        return out.text() + raw;
    }

    private static Stream<String> names(Class<?> type, String prefix) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .map(Method::getName).map(name -> prefix + name);
    }
}
