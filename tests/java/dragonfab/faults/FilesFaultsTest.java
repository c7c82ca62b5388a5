package dragonfab.faults;

import dragonfab.lab.OnContainers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** All that is not about packages holds for a kind of release that has none; any moment may have its turn. */
@OnContainers
class FilesFaultsTest {
    @Test
    void aDeployIsDoneOrTakenBackWhateverHappens() throws Exception {
        var groups = new LinkedHashMap<String, List<Case>>();
        for (var each : FaultsTest.of(Shop.FILES)) {
            if (each.kind() == Shop.Kind.GOOD && each.fault() != Fault.NONE) {
                groups.computeIfAbsent(each.fault().name(), key -> new ArrayList<>()).add(each);
            } else if (each.fault() == Fault.NONE && !each.kind().good()
                    || each.fault() == Fault.CLIENT && each.kind() == Shop.Kind.MIGRATES) {
                groups.computeIfAbsent(each.kind().name(), key -> new ArrayList<>()).add(each);
            }
        }
        var random = new SplittableRandom(FaultsTest.SEED);
        var chosen = new LinkedHashMap<String, Case>();
        groups.forEach((what, cases) -> chosen.put(what, cases.get(random.nextInt(cases.size()))));

        FaultsTest.assertAllWell(2, chosen);
    }
}
