package dragonfab.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dragonfab.report.Outcome;
import dragonfab.report.Report;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

/** What a person reads after Ctrl-C: what was under way, and what goes back; nothing that is not so. */
class InterruptHandlerTest {
    private static final List<String> MIGRATE = List.of("migrate the database (db.test)");

    @Test
    void beforeTheFirstChangeThereIsNothingToGoBack() {
        assertEquals("interrupted before anything was changed",
                InterruptHandler.words(List.of(), true, Optional.empty()));
    }

    @Test
    void whereNothingIsArmedNothingGoesBack() {
        assertEquals("interrupted at: migrate the database (db.test); that may go on to its end or not, no step before"
                + " has changed anything, and nothing goes back by itself",
                InterruptHandler.words(MIGRATE, true, Optional.empty()));
        assertEquals("interrupted at: migrate the database (db.test); that may go on to its end or not, what is done"
                + " above stays, and nothing goes back by itself",
                InterruptHandler.words(MIGRATE, false, Optional.empty()));
        assertEquals("interrupted; what is done above stays, and nothing goes back by itself",
                InterruptHandler.words(List.of(), false, Optional.empty()));
    }

    @Test
    void whatIsArmedIsSaid() {
        assertEquals("interrupted at: migrate the database (db.test); a.test goes back",
                InterruptHandler.words(MIGRATE, false, Optional.of("a.test goes back")));
    }

    @Test
    void onlyWhatHasNotEndedIsUnderWay() {
        var report = new Report(event -> {
        });
        var one = report.begin("a.test", "install");
        report.begin("b.test", "install");
        one.done(Outcome.CHANGED);

        assertEquals(List.of("install (b.test)"), report.underWay());
    }
}
