package dragonfab.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dragonfab.lab.OnContainers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The short form of the suite for packages: one case of each fault and of each bad release, others with every run. */
@OnContainers
class FaultsTest {
    static final long SEED = Long.getLong("dragonfab.faults.seed", System.currentTimeMillis() / 1000);

    @Test
    void aDeployIsDoneOrTakenBackWhateverHappens() throws Exception {
        var chosen = new LinkedHashMap<String, Case>();
        for (var each : of(Shop.DEB)) {
            // The last of a kind is met late in the deploy, where most is at stake.
            if (each.kind() == Shop.Kind.GOOD) {
                chosen.put(each.fault().name(), each);
            } else if (each.fault() == Fault.NONE || each.fault() == Fault.CLIENT && each.kind().good()) {
                chosen.put(each.kind().name(), each);
            }
        }

        assertAllWell(2, chosen);
    }

    static List<Case> of(Shop shop) {
        return Case.all(SEED).stream().filter(each -> each.shop() == shop).toList();
    }

    static void assertAllWell(int sites, Map<String, Case> chosen) throws Exception {
        var outcomes = new Suite(sites).run(List.copyOf(chosen.values()));

        assertEquals(List.of(), outcomes.stream().filter(outcome -> !outcome.well()).toList(), "seed " + SEED);
        assertEquals(chosen.size(), outcomes.size());
    }
}
