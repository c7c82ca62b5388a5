package dragonfab.database.migrate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dragonfab.database.migrate.DjangoPlan.Target;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DjangoPlanTest {
    private static final DjangoPlan PLAN = DjangoPlan.of("""
            [X]  a.0001_first
            [ ]  a.0002_left ... (a.0001_first)
            [ ]  a.0002_right ... (a.0001_first)
            [ ]  b.0001_first ... (a.0002_left)
            [ ]  a.0003_both ... (a.0002_left, a.0002_right)
            [ ]  b.0002_next ... (b.0001_first, a.0003_both)
            """.lines().toList());

    @Test
    void whatNeedsAHeldOneWaitsInWhateverApplication() {
        assertEquals(Set.of("a.0003_both", "b.0002_next"), PLAN.without(Set.of("a.0003_both")));
        assertEquals(Set.of("a.0002_left", "b.0001_first", "a.0003_both", "b.0002_next"),
                PLAN.without(Set.of("a.0002_left")));
        assertEquals(Set.of(), PLAN.without(Set.of("a.0001_first")));
    }

    @Test
    void eachBranchGoesToItsOwnEnd() {
        assertEquals(List.of(new Target("a", "0002_left"), new Target("a", "0002_right"),
                new Target("b", "0001_first")), PLAN.targets(PLAN.without(Set.of("a.0003_both"))));
        assertEquals(List.of(new Target("a", "0002_right")), PLAN.targets(PLAN.without(Set.of("a.0002_left"))));
    }
}
