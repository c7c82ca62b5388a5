package dragonfab.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class TerminalLinesTest extends Stage {

    @Test
    void finishedLinesWrapAtWordsBelowTheirText() {
        report.begin("app1", "install the package of the shop with all that it needs to run").done(Outcome.CHANGED,
                "as it was asked for");
        report.note("app1", "the old release stays for a rollback, whoever may ask for one");

        assertEquals("""
                ✓ changed    app1: install the package of the shop with all
                             that it needs to run: as it was asked for
                  note       app1: the old release stays for a rollback,
                             whoever may ask for one
                """, seen());
    }

    @Test
    void warningsAndSentencesOfFailuresWrapAndCommandsDoNot() {
        report.warn("app1", "the clock of this machine is late by more than four seconds");
        var command = "apt-get install " + "a".repeat(30) + " " + "b".repeat(30);
        report.failure("deploy", Failure.failed("app1", "the step that installs the package went wrong: exit 100")
                .of(command, List.of("c ".repeat(40).strip())).remedy("read it all"));

        assertEquals("""
                warning: app1: the clock of this machine is late by more
                  than four seconds
                deploy: app1: the step that installs the package went wrong:
                  exit 100
                  command: %s
                  %s
                try: read it all
                """.formatted(command, "c ".repeat(40).strip()), out.text());
    }

    @Test
    void wideLettersCountTwiceAndAWordThatFitsNowhereStaysWhole() {
        size = new Size(40, 10);
        report.note("app1", "項目を 読み込 みました");
        report.note("app1", "see /" + "x".repeat(50) + " and so on");

        assertEquals("""
                  note       app1: 項目を 読み込
                             みました
                  note       app1: see /%s
                             and so on
                """.formatted("x".repeat(50)), out.text());
    }

    @Test
    void eachRunningStepIsALineAndAFinishedOneScrollsAbove() {
        var first = report.begin("app1.example.com", "upload guestbook 1.0-1");
        report.begin("app2", "install guestbook").output("Unpacking guestbook ...", false);
        after(3000);

        assertEquals("""
                app1.example.com  upload guestbook 1.0-1 … 3 s
                app2              install guestbook … 3 s  Unpacking guest…
                """, seen());
        assertFalse(grid.cursor);

        first.done(Outcome.CHANGED);
        after(100);
        assertEquals("""
                ✓ changed    app1.example.com: upload guestbook 1.0-1
                app2  install guestbook … 3 s  Unpacking guestbook ...
                """, seen());
    }

    @Test
    void aTransferShowsShareSpeedAndTheTimeLeft() {
        var step = report.begin("app1", "upload");
        step.progress(0, 50_000_000);
        now += 2_000_000_000L;
        step.progress(20_000_000, 50_000_000);
        after(0);
        assertEquals("app1  upload  [####------] 40 %  10 MB/s  3 s left\n", seen());

        now += 8_000_000_000L;
        after(0);
        assertEquals("app1  upload  [####------] 40 %  2.0 MB/s  15 s left\n", seen());

        step.progress(50_000_000, 50_000_000);
        after(100);
        assertTrue(seen().startsWith("app1  upload  [##########] 100 %  "), seen());
    }

    @Test
    void theSpeedIsThatOfTheLastSeconds() {
        var step = report.begin("app1", "upload");
        for (int second = 0; second <= 20; second++) {
            var done = second <= 5 ? second * 10_000_000L : 50_000_000L + second * 1_000_000L;
            step.progress(done, 100_000_000);
            now += 1_000_000_000L;
        }
        after(0);

        assertEquals("app1  upload  [#######---] 70 %  800 kB/s  38 s left\n", seen());
    }

    @Test
    void aTransferOfUnknownLengthShowsWhatIsThere() {
        var step = report.begin("app1", "dump");
        step.progress(0, -1);
        now += 2_000_000_000L;
        step.progress(3_000_000, -1);
        after(0);

        assertEquals("app1  dump  3.0 MB  1.5 MB/s\n", seen());
    }

    @Test
    void aNarrowTerminalGetsTheMostImportantPart() {
        size = new Size(30, 10);
        grid = new Grid(30);
        report.begin("app1.example.com", "upload guestbook 1.0-1").output("some output", false);
        report.begin("app2", "x").progress(1, 4);
        after(61_000);

        assertEquals("""
                app1.exam…  upload… 1 min 1 s
                app2        x  25 %
                """, seen());
    }

    @Test
    void aTerminalThatJustBecameNarrowerDoesNotFoldTheLines() {
        grid = new Grid(30);
        report.begin("app1", "upload a file with a long name");
        report.begin("app2", "upload a file with a long name");
        after(1000);

        assertEquals(2, seen().lines().count());
    }

    @Test
    void moreStepsThanRowsAreCounted() {
        size = new Size(60, 4);
        for (int i = 1; i <= 5; i++) {
            report.begin("app" + i, "upload");
        }
        after(1000);

        assertEquals("""
                app1  upload … 1 s
                app2  upload … 1 s
                … 3 more
                """, seen());
    }

    @Test
    void aLineAsWideAsTheTerminalLosesNothing() {
        report.begin("app1", "upload");
        after(1000);
        report.note("app1", "x".repeat(60 - 19));
        after(1000);
        report.note("app1", "y".repeat(100));
        after(1000);

        assertEquals("  note       app1: " + "x".repeat(41) + "\n"
                + "  note       app1: " + "y".repeat(41) + "\n" + "y".repeat(59) + "\n"
                + "app1  upload … 3 s\n", seen());
    }

    @Test
    void aRemoteCannotMoveOurCursor() {
        var evil = "\u001b[10A\u001b[2J\u001b]0;x\u0007 evil \n\r\u009b3A line";
        report.begin("app1", "ask").output(evil, false);
        after(1000);
        report.output("app1", "\u001b[1;1Hasked\u0007 for", false);
        after(100);

        assertEquals("""
                app1: asked for
                app1  ask … 1 s  evil   line
                """, seen());
    }
}
