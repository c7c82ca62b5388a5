package dragonfab.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.release.PlanLine;
import dragonfab.report.Exit;
import dragonfab.report.Failure;
import dragonfab.report.LongList;
import dragonfab.report.Remedy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavedPlanTest {
    private static final Remedy MAKE = Remedy.here("deploy", "--plan");

    @TempDir
    Path folder;

    @Test
    void theSameUntilSomethingThatCountsMoves() {
        var plan = plan(PlanLine.fact("installed version", "1.0"), PlanLine.remark("disk /", "9 MB free"));
        var later = plan(PlanLine.fact("installed version", "1.0"), PlanLine.remark("disk /", "1 MB free"));

        assertEquals(plan.fingerprint(), later.fingerprint());
        assertEquals(List.of(), plan.moved(later));
    }

    @Test
    void namesWhatMoved() {
        var plan = plan(PlanLine.fact("installed version", "1.0"), PlanLine.fact("file /a", "changed", "1"));
        var later = plan(PlanLine.fact("installed version", "1.1"), PlanLine.fact("file /a", "changed", "2"),
                PlanLine.fact("conffile /etc/a", "is new"));

        assertNotEquals(plan.fingerprint(), later.fingerprint());
        assertEquals(List.of("app.test: conffile /etc/a: nothing -> is new",
                "app.test: file /a: changed, and in another way than it was",
                "app.test: installed version: 1.0 -> 1.1"), plan.moved(later));
    }

    @Test
    void aTargetMoreOrLessIsNamedToo() {
        var one = plan(PlanLine.fact("installed version", "1.0"));
        var none = new SavedPlan("staging", Instant.EPOCH, "me", "salt", "/x", Map.of());

        assertEquals(List.of("app.test: installed version: 1.0 -> nothing"), one.moved(none));
    }

    @Test
    void isReadAsItWasWritten() throws IOException {
        var plan = plan(PlanLine.fact("conffile /etc/ä", "is \"new\"", "sum"), PlanLine.remark("disk /", "9 MB"),
                PlanLine.problem("hold", "by me"));

        assertEquals(plan, SavedPlan.read(Files.writeString(folder.resolve("plan.json"), plan.text()), MAKE));
        assertEquals(List.of("app.test: hold: by me"), plan.problems());
    }

    @Test
    void listsAreWholeInTheFileAndWithoutMarks() throws IOException {
        var names = IntStream.rangeClosed(1, 30).mapToObj(n -> "patch" + n).toList();
        var plan = plan(PlanLine.fact("patches", "unknown: " + LongList.of(names)));

        assertTrue(plan.text().contains("unknown: " + String.join(", ", names) + "\""), plan.text());
        var read = SavedPlan.read(Files.writeString(folder.resolve("plan.json"), plan.text()), MAKE);
        assertEquals(List.of(), read.moved(plan));
    }

    @Test
    void oneThatWasWrittenInByHandIsRefused() throws IOException {
        var file = Files.writeString(folder.resolve("plan.json"),
                plan(PlanLine.fact("installed version", "1.0")).text().replace("1.0", "1.1"));

        assertEquals(Exit.REFUSED, assertThrows(Failure.class, () -> SavedPlan.read(file, MAKE)).exit());
    }

    @Test
    void whatIsNoPlanIsAFailureThatNamesIt() throws IOException {
        var file = Files.writeString(folder.resolve("plan.json"), "{\"places\": 1}");

        var failure = assertThrows(Failure.class, () -> SavedPlan.read(file, MAKE));
        assertEquals(Exit.USAGE, failure.exit());
        assertEquals(file.toString(), failure.place());
    }

    private static SavedPlan plan(PlanLine... lines) {
        return new SavedPlan("staging", Instant.EPOCH, "me@here", "salt", "/x/app_1.1_all.deb",
                Map.of("app.test", List.of(lines)));
    }
}
