package dragonfab.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class TerminalPaceTest extends Stage {

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
        now += 60_000_000;
        first.done(Outcome.CHANGED);
        report.begin("app1", "install");
        after(40);

        assertEquals("""
                ✓ changed    app1: upload
                app1  install …
                """, seen());
    }

    @Test
    void theSizeIsAskedForAtMostEveryTwoSeconds() {
        var asked = new int[1];
        Supplier<Optional<Size>> ask = () -> {
            asked[0]++;
            return Optional.empty();
        };
        var paper = out.stream;
        var counting = new TerminalSink(paper, paper, Verbosity.NORMAL, Style.PLAIN, () -> now, ask, true);
        for (int tenth = 0; tenth < 100; tenth++) {
            counting.tick();
            now += 100_000_000L;
        }

        assertEquals(5, asked[0]);
    }

    @Test
    void theTerminalsAnswerIsRowsAndColumns() {
        assertEquals(Optional.of(new Size(132, 43)), Size.of("43 132\n"));
        for (String nothing : List.of("", "0 0\n", "stty: not a tty", "80", "-1 80")) {
            assertEquals(Optional.empty(), Size.of(nothing), nothing);
        }
    }
}
