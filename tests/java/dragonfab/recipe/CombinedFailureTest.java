package dragonfab.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dragonfab.report.Exit;
import dragonfab.report.Failure;
import dragonfab.report.Remedy;
import dragonfab.shell.ConnectionLost;
import dragonfab.target.DryRunStop;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CombinedFailureTest {
    private final List<Failure> reported = new ArrayList<>();

    @Test
    void aSingleFailureSpeaksForItself() {
        var only = Failure.failed("app1", "make it: exit 1");

        assertSame(only, combined(only));
        assertEquals(List.of(), reported);
    }

    @Test
    void ofSeveralEachIsToldAndThenAllAreNamed() {
        var dead = new ConnectionLost("app1", "no answer from app1:22 within 10s").remedy("is it running?");
        var full = Failure.failed("app2", "upload shop.deb: exit 1").of("sh", List.of("a",
                "sh: 3: cannot write: No space left on device"));
        var long_ = Failure.failed("app3", "x".repeat(80) + "\nand more");

        var failure = (Failure) combined(dead, full, long_);

        assertEquals("3 of 24 hosts failed: app1 (no connection), app2 (disk full), app3 (" + "x".repeat(60) + "...)",
                failure.getMessage());
        assertEquals("production", failure.place());
        assertEquals(Exit.FAILED, failure.exit());
        assertEquals(null, failure.remedy());
        assertEquals(List.of(dead, full, long_), reported);
    }

    @Test
    void theGravestExitIsThatOfAllAndACommonRemedyStays() {
        var held = Failure.refused("app1", "somebody deploys").remedy("wait");
        var stuck = Failure.stuck("app2", "half done").remedy("wait");

        assertEquals(Exit.NEEDS_ATTENTION, ((Failure) combined(held, stuck)).exit());
        assertEquals("wait", ((Failure) combined(held, stuck)).remedy().toString());
        assertEquals(Exit.REFUSED, ((Failure) combined(held, held)).exit());
        assertEquals(Exit.FAILED, ((Failure) combined(held, Failure.failed("app2", "no"))).exit());
    }

    @Test
    void aBugIsNotLostAmongFailures() {
        var bug = new IllegalStateException("ours");
        var failure = Failure.failed("app1", "no");

        assertSame(bug, combined(failure, bug, Failure.failed("app2", "no")));
        assertEquals(2, reported.size());
        assertSame(bug, combined(bug));
    }

    @Test
    void aDryRunThatCannotGoOnIsNoFailure() {
        var planned = new DryRunStop("not yet");
        var failure = Failure.failed("app1", "no");

        assertSame(planned, combined(planned, new DryRunStop("not yet")));
        assertSame(failure, combined(planned, failure));
    }

    private RuntimeException combined(RuntimeException... thrown) {
        return CombinedFailure.of("production", 24, List.of(thrown), reported::add);
    }
}
