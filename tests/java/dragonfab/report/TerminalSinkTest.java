package dragonfab.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalSinkTest extends Stage {

    @Test
    void nothingLiveIsLeftInTheEnd() {
        var step = report.begin("app1", "upload");
        after(2000);
        seen();
        step.done(Outcome.UNCHANGED, "already there");
        report.summary();

        assertEquals("""
                · unchanged  app1: upload: already there
                1 unchanged
                """, seen());
        assertTrue(grid.cursor);
        report.failure("run", Failure.failed("app1", "exit 1"));
        report.begin("app1", "too late");
        after(5000);
        assertEquals("""
                · unchanged  app1: upload: already there
                1 unchanged
                run: app1: exit 1
                """, seen());
        assertTrue(grid.cursor);
    }

    @Test
    void aStepThatNobodyEndedIsPutDown() {
        report.begin("app1", "upload");
        after(2000);
        report.summary();

        assertEquals("  unfinished app1: upload (2 s)\n", seen());
        assertTrue(grid.cursor);
    }

    @Test
    void failuresAndWarningsComeAtOnceAndOnTheirOwnStream() {
        var err = new Captured();
        var apart = sink(err);
        var report = new Report(apart);
        report.begin("app1", "upload");
        now += 1_000_000_000L;
        apart.tick();
        report.warn("app1", "slow");
        report.failure("run", Failure.failed("app1", "exit 1"));

        assertEquals("warning: app1: slow\nrun: app1: exit 1\n", err.text());
        assertEquals("app1  upload … 1 s\n", seen());
    }

    @Test
    void theScreenIsDrawnAtMostTenTimesASecond() {
        var step = report.begin("app1", "upload");
        var pieces = 0;
        for (int milli = 0; milli < 3000; milli++) {
            now += 1_000_000;
            step.output("line " + milli, false);
            report.output("app1", "asked for " + milli, false);
            sink.tick();
            pieces += !out.taken().isEmpty() && now > 1_000_000_000L ? 1 : 0;
        }

        assertTrue(pieces >= 18 && pieces <= 20, pieces + " drawings in two seconds");
    }

    @Test
    void nothingIsWrittenWhileNothingChanges() {
        report.begin("app1", "upload");
        after(1000);
        out.taken();
        after(100);
        after(100);

        assertEquals("", out.text());
    }

    @Test
    void aStepThatEndsAtOnceDoesNotFlash() {
        var step = report.begin("app1", "upload");
        sink.tick();
        now += 50_000_000;
        sink.tick();
        step.done(Outcome.CHANGED);

        assertEquals("\u001b[32m✓ changed    \u001b[0mapp1: upload\n", out.text());
    }

    @Test
    void theNextStepTakesOverTheLineWithoutAGap() {
        var first = report.begin("app1", "upload");
        after(1000);
        first.done(Outcome.CHANGED);
        report.begin("app1", "install");
        after(100);

        assertEquals("""
                ✓ changed    app1: upload
                app1  install …
                """, seen());
    }

    @Test
    void aQuestionHasTheScreenToItself() {
        report.row("plan", Map.of("step", "deploy"));
        report.begin("app1", "connect");
        after(1000);
        var answer = report.aside(() -> {
            after(3000);
            report.note("app2", "meanwhile");
            assertEquals("step\ndeploy\n", seen());
            assertTrue(grid.cursor);
            return "yes";
        });
        after(1000);

        assertEquals("yes", answer);
        assertEquals("""
                step
                deploy
                  note       app2: meanwhile
                app1  connect … 5 s
                """, seen());
    }

    @Test
    void whatAPersonTypesMeanwhileIsOverwritten() {
        report.begin("app1", "upload");
        after(1000);
        grid.show(out.taken()).show("^C");
        report.summary();

        assertEquals("  unfinished app1: upload (1 s)\n", seen());
    }

    @Test
    void betweenTwoDrawingsTheCursorIsOnTheFirstLiveLine() {
        report.begin("app1", "a");
        report.begin("app2", "b");
        report.begin("app3", "c");
        after(1000);
        seen();

        assertEquals(0, grid.row());
    }
}
