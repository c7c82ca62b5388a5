package dragonfab.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LongListTest {
    static final String ALL = String.join(", ", numbered(243));
    static final String FIRST = String.join(", ", numbered(10));

    final Captured out = new Captured();
    final Captured err = new Captured();

    @Test
    void aListInATextIsCutForPeopleWithItsCount() {
        var report = report(Verbosity.NORMAL);
        report.note("app1", LongList.of(numbered(243)) + " wait");
        report.note("app1", LongList.of(numbered(10)) + " wait");
        report.row("status", Map.of("packages", "changed: " + LongList.of(numbered(12))));
        report.summary();

        assertEquals("note       app1: " + FIRST + " ... and 233 more (-v shows all) wait\n"
                + "note       app1: " + FIRST + " wait\n"
                + "packages\nchanged: " + FIRST + " ... and 2 more (-v shows all)\n", out.text());
    }

    @Test
    void itIsWholeForWhoAsksForAll() {
        var report = report(Verbosity.VERBOSE);
        report.note("app1", LongList.of(numbered(243)));
        report.failure("run", Failure.failed("app1", "lost: " + LongList.of(numbered(243))));

        assertEquals("note       app1: " + ALL + "\n", out.text());
        assertEquals("run: app1: lost: " + ALL + "\n", err.text());
    }

    @Test
    void aProgramGetsAllOfItAndNoMark() {
        var report = new Report(new JsonSink(out.stream, err.stream));
        report.note("app1", LongList.of(numbered(243)));
        report.row("status", Map.of("packages", LongList.of(numbered(243))));
        report.list("app1", numbered(243));
        report.failure("run", Failure.failed("app1", LongList.of(numbered(243))).listing(numbered(243)));

        assertEquals(3, out.text().split(ALL, -1).length - 1);
        assertTrue(out.text().contains("\"tail\":[\"item 1\",\"item 2\""));
        assertTrue(out.text().chars().allMatch(c -> c < 127), "no mark is left");
        assertFalse(out.text().contains("\\u206"));
    }

    @Test
    void ofAListOfLinesTheFirstAreShown() {
        report(Verbosity.NORMAL).list("app1", numbered(243));
        assertEquals(numbered(10).stream().map(line -> "app1: " + line + "\n").collect(Collectors.joining())
                + "app1: ... and 233 more (-v shows all)\n", out.taken());

        report(Verbosity.VERBOSE).list("app1", numbered(243));
        assertEquals(243, out.taken().lines().count());

        report(Verbosity.NORMAL).list("app1", numbered(10));
        assertEquals(10, out.taken().lines().count());
    }

    @Test
    void ofRowsThatAreOneListTheFirstAreShown() {
        var rows = numbered(12).stream().map(item -> Map.of("file", item)).toList();
        var report = report(Verbosity.NORMAL);
        report.rows("files", rows);
        report.summary();
        assertEquals("file\n" + String.join("\n", numbered(10)) + "\n... and 2 more (-v shows all)\n", out.taken());

        new Report(new JsonSink(out.stream, err.stream)).rows("files", rows);
        assertEquals(12, out.taken().lines().count());
    }

    @Test
    void ofWhatAFailureListsTheFirstAreShownAndTheFileHasAll() {
        var kept = new StringBuilder();
        var report = report(Verbosity.NORMAL);
        report.keepLogs((name, text) -> Optional.of("all.log").filter(file -> kept.append(text).length() > 0));
        report.failure("env", Failure.usage("environments.yml", "30 problems").listing(numbered(30)));
        report.failure("env", Failure.usage("environments.yml", "20 problems").listing(numbered(20)));
        report.failure("clone",
                Failure.refused("app1", "these:\n" + LongList.of(numbered(25), "\n") + "\nthat is all"));

        var first = numbered(20).stream().map(line -> "  " + line + "\n").collect(Collectors.joining());
        assertEquals("env: environments.yml: 30 problems\n" + first + "  ... and 10 more (-v shows all)\nlog: all.log\n"
                + "env: environments.yml: 20 problems\n" + first
                + "clone: app1: these:\n" + first + "  ... and 5 more (-v shows all)\n  that is all\nlog: all.log\n",
                err.text());
        assertTrue(
                kept.toString().contains("\n  item 30\n") && kept.toString().contains("\n  item 25\n  that is all\n"),
                kept.toString());
    }

    private Report report(Verbosity verbosity) {
        return new Report(new PlainSink(out.stream, err.stream, verbosity));
    }

    private static List<String> numbered(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> "item " + i).toList();
    }
}
