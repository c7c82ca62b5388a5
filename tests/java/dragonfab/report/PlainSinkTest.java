package dragonfab.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlainSinkTest {
    final Captured out = new Captured();
    final Captured err = new Captured();

    @Test
    void everyStepThatEndedHasALineAndASlowOneItsTime() {
        var sink = sink(Verbosity.NORMAL);
        sink.accept(Event.done("app1.example.com", "upload guestbook 1.0-1", Outcome.CHANGED,
                Duration.ofMillis(2345), ""));
        sink.accept(Event.done("app1.example.com", "install guestbook 1.0-1", Outcome.CHANGED,
                Duration.ofMillis(999), ""));
        sink.accept(Event.done("app2.example.com", "install guestbook 1.0-1", Outcome.UNCHANGED,
                Duration.ofSeconds(64), "already installed"));
        sink.accept(Event.done("local", "build", Outcome.FAILED, Duration.ofSeconds(3725), ""));

        assertEquals("""
                changed    app1.example.com: upload guestbook 1.0-1 (2.3 s)
                changed    app1.example.com: install guestbook 1.0-1
                unchanged  app2.example.com: install guestbook 1.0-1: already installed (1 min 4 s)
                failed     local: build (1 h 2 min)
                """, out.text());
    }

    /** As for a command behind a pipe, or one whose output alone goes to a file. */
    @Test
    void askedForOutputIsCleanedWhereItEndsAtATerminal() {
        for (var screens : List.of(new Screens(true, false), new Screens(false, true))) {
            var each = new Captured();
            var errors = new Captured();
            var report = new Report(new PlainSink(each.stream, errors.stream, Verbosity.NORMAL, screens));
            report.single(true);
            report.output("app1", "\u001b[31mred\u001b]0;title\u0007", false);
            report.output("app1", "\u001b[31mred\u001b]0;title\u0007", true);

            assertEquals(screens.out() ? "red\n" : "\u001b[31mred\u001b]0;title\u0007\n", each.text());
            assertEquals(screens.err() ? "red\n" : "\u001b[31mred\u001b]0;title\u0007\n", errors.text());
        }
    }

    @Test
    void aDryRunShowsEachStepsOwnCommands() {
        var report = report(Verbosity.NORMAL);
        var first = report.begin("app1", "install guestbook");
        var second = report.begin("app2", "install guestbook");
        first.command("apt-get update");
        second.command("sh -c 'one\ntwo'");
        first.command("apt-get install guestbook");
        first.done(Outcome.PLANNED);
        second.done(Outcome.PLANNED);
        report.summary();

        assertEquals("""
                planned    app1: install guestbook
                  apt-get update
                  apt-get install guestbook
                planned    app2: install guestbook
                  sh -c 'one
                  two'
                2 planned
                """, out.text());
    }

    @Test
    void aDryRunFoldsScriptsUnlessAllIsAskedFor() {
        for (var verbosity : List.of(Verbosity.NORMAL, Verbosity.VERBOSE)) {
            var step = report(verbosity).begin("app1", "swap the databases");
            step.command("[postgres] sh -c 'set -eu\npsql' database-swap shop",
                    "as postgres: script database-swap shop");
            step.done(Outcome.PLANNED);
        }

        assertEquals("""
                planned    app1: swap the databases
                  as postgres: script database-swap shop
                app1: $ [postgres] sh -c 'set -eu
                  psql' database-swap shop
                planned    app1: swap the databases
                """, out.text());
    }

    @Test
    void aRealRunKeepsItsCommandsAndItsOutputToItself() {
        talk(report(Verbosity.NORMAL));

        assertEquals("""
                changed    app1: install guestbook
                note       app1: the old release stays
                app1: asked for
                1 changed
                """, out.text());
        assertEquals("""
                app1: asked for, to err
                warning: app1: the clock is 4 s late
                """, err.text());
    }

    @Test
    void aTalkativeOneShowsCommandsAndOutputWhileTheyCome() {
        talk(report(Verbosity.VERBOSE));

        assertEquals("""
                app1: $ apt-get install guestbook
                app1: Unpacking guestbook
                app1: E: a word on stderr
                changed    app1: install guestbook
                note       app1: the old release stays
                app1: asked for
                1 changed
                """, out.text());
    }

    @Test
    void aTalkativeDryRunSaysEachCommandOnce() {
        var report = report(Verbosity.VERBOSE);
        var step = report.begin("app1", "install guestbook");
        step.command("apt-get install guestbook");
        step.done(Outcome.PLANNED);

        assertEquals("""
                app1: $ apt-get install guestbook
                planned    app1: install guestbook
                """, out.text());
    }

    @Test
    void aQuietOneOnlySaysWhatWasAskedForAndWhatIsWrong() {
        var report = report(Verbosity.QUIET);
        report.row("hosts", Map.of("host", "app1"));
        talk(report);
        report.failure("run", Failure.failed("app1", "exit 1"));

        assertEquals("""
                host
                app1
                app1: asked for
                """, out.text());
        assertEquals("""
                app1: asked for, to err
                warning: app1: the clock is 4 s late
                run: app1: exit 1
                """, err.text());
    }

    @Test
    void outputOfASingleTargetCanBePiped() {
        var report = report(Verbosity.NORMAL);
        report.single(true);
        report.output("app1", "a\tb \u001b[1mbold\u001b[0m", false);
        report.single(false);
        report.output("app1", "c", false);

        assertEquals("a\tb \u001b[1mbold\u001b[0m\napp1: c\n", out.text());
    }

    @Test
    void theSummaryStandsOnceThoughItIsAskedForTwice() {
        var report = report(Verbosity.NORMAL);
        report.begin("app1", "a").done(Outcome.UNCHANGED);
        report.begin("app1", "b").done(Outcome.CHANGED);
        report.begin("app1", "c").done(Outcome.CHANGED);
        report.summary();
        report.summary();

        assertEquals("2 changed, 1 unchanged", List.of(out.text().split("\n")).get(3));
        assertEquals(4, out.text().lines().count());
    }

    @Test
    void aRemoteCannotWriteALineOfOurs() {
        var report = report(Verbosity.VERBOSE);
        report.begin("app1", "ask").output("\u001b[2J\u001b]0;title\u0007fine\nchanged    app1: all", false);
        report.warn("app1", "odd\u009b2Jness\u202e");

        assertEquals("""
                app1: fine
                  changed    app1: all
                """, out.text());
        assertEquals("warning: app1: oddness\n", err.text());
    }

    private static void talk(Report report) {
        var step = report.begin("app1", "install guestbook");
        step.command("apt-get install guestbook");
        step.progress(1, 2);
        step.output("Unpacking guestbook", false);
        step.output("E: a word on stderr", true);
        step.done(Outcome.CHANGED);
        report.note("app1", "the old release stays");
        report.output("app1", "asked for", false);
        report.output("app1", "asked for, to err", true);
        report.warn("app1", "the clock is 4 s late");
        report.summary();
    }

    private Report report(Verbosity verbosity) {
        return new Report(sink(verbosity));
    }

    private PlainSink sink(Verbosity verbosity) {
        return new PlainSink(out.stream, err.stream, verbosity);
    }
}
