package dragonfab.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dragonfab.lab.OnContainers;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The short form of the suite: one case of each fault and of each kind of release, others with every run. */
@OnContainers
class FaultsTest {
    private static final long SEED = Long.getLong("dragonfab.faults.seed", System.currentTimeMillis() / 1000);

    @Test
    void aDeployIsDoneOrTakenBackWhateverHappens() throws Exception {
        var chosen = new LinkedHashMap<String, Case>();
        for (var each : Case.all(SEED)) {
            // The last of a kind is met late in the deploy, where most is at stake.
            if (each.kind() == Shop.Kind.GOOD) {
                chosen.put(each.fault().name(), each);
            } else if (each.fault() == Fault.NONE || each.fault() == Fault.CLIENT && each.kind().good()) {
                chosen.put(each.kind().name(), each);
            }
        }

        var outcomes = new Suite(2).run(List.copyOf(chosen.values()));

        assertEquals(List.of(), outcomes.stream().filter(outcome -> !outcome.well()).toList(), "seed " + SEED);
        assertEquals(chosen.size(), outcomes.size());
    }
}
