package dragonfab.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dragonfab.lab.OnContainers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The short form of the suite: one case of each fault and of each kind of release, others with every run. */
@OnContainers
class FaultsTest {
    private static final long SEED = Long.getLong("dragonfab.faults.seed", System.currentTimeMillis() / 1000);

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

    /** All that is not about packages holds for a kind that has none; any moment and sequence may have its turn. */
    @Test
    void soIsADeployOfAnotherKindOfRelease() throws Exception {
        var groups = new LinkedHashMap<String, List<Case>>();
        for (var each : of(Shop.FILES)) {
            if (each.kind() == Shop.Kind.GOOD && each.fault() != Fault.NONE) {
                groups.computeIfAbsent(each.fault().name(), key -> new ArrayList<>()).add(each);
            } else if (each.fault() == Fault.NONE && !each.kind().good()
                    || each.fault() == Fault.CLIENT && each.kind() == Shop.Kind.MIGRATES) {
                groups.computeIfAbsent(each.kind().name(), key -> new ArrayList<>()).add(each);
            }
        }
        var random = new SplittableRandom(SEED);
        var chosen = new LinkedHashMap<String, Case>();
        groups.forEach((what, cases) -> chosen.put(what, cases.get(random.nextInt(cases.size()))));

        assertAllWell(2, chosen);
    }

    private static List<Case> of(Shop shop) {
        return Case.all(SEED).stream().filter(each -> each.shop() == shop).toList();
    }

    private static void assertAllWell(int sites, Map<String, Case> chosen) throws Exception {
        var outcomes = new Suite(sites).run(List.copyOf(chosen.values()));

        assertEquals(List.of(), outcomes.stream().filter(outcome -> !outcome.well()).toList(), "seed " + SEED);
        assertEquals(chosen.size(), outcomes.size());
    }
}
