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
    void rowsThatWaitComeInTheEnd() {
        report.row("hosts", Map.of("host", "app1"));
        report.summary();

        assertEquals("host\napp1\n", seen());
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
    void aWarningTakesThePlaceOfTheLiveLines() {
        report.begin("app1", "upload a file with a long name");
        report.begin("app2", "upload a file with a long name");
        after(1000);
        seen();
        report.warn("app1", "slow");

        assertEquals("""
                warning: app1: slow
                app1  upload a file with a long name … 1 s
                app2  upload a file with a long name … 1 s
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
