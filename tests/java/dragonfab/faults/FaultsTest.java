package dragonfab.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dragonfab.lab.OnContainers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The short form of the suite for packages: one case of each fault and of each bad release, others with every run. */
@OnContainers
class FaultsTest {
    static final long SEED = Long.getLong("dragonfab.faults.seed", System.currentTimeMillis() / 1000);

    @Test
    void aDeployIsDoneOrTakenBackWhateverHappens() throws Exception {
        assertAllWell(2, oneOfEach(of(Shop.DEB)));
    }

    /** One of each fault and one of each release, at a moment that was never tried before. */
    static List<Case> oneOfEach(List<Case> cases) {
        var groups = new LinkedHashMap<String, List<Case>>();
        for (var each : cases) {
            if (each.kind() == Shop.Kind.GOOD && each.fault() != Fault.NONE) {
                groups.computeIfAbsent(each.fault().name(), key -> new ArrayList<>()).add(each);
            } else if (each.fault() == Fault.NONE && each.kind() != Shop.Kind.GOOD
                    || each.fault() == Fault.CLIENT && each.kind() == Shop.Kind.MIGRATES) {
                groups.computeIfAbsent(each.kind().name(), key -> new ArrayList<>()).add(each);
            }
        }
        var random = new SplittableRandom(SEED);
        return groups.values().stream().map(group -> group.get(random.nextInt(group.size()))).toList();
    }

    static List<Case> of(Shop shop) {
        return Case.all(SEED).stream().filter(each -> each.shop() == shop).toList();
    }

    static void assertAllWell(int sites, List<Case> chosen) throws Exception {
        var outcomes = new Suite(sites).run(chosen);

        assertEquals(List.of(), outcomes.stream().filter(outcome -> !outcome.well()).toList(), "seed " + SEED);
        assertEquals(chosen.size(), outcomes.size());
    }
}
