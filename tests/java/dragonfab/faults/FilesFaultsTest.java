package dragonfab.faults;

import dragonfab.lab.OnContainers;
import org.junit.jupiter.api.Test;

/** All that is not about packages holds for a kind of release that has none. */
@OnContainers
class FilesFaultsTest {
    @Test
    void aDeployIsDoneOrTakenBackWhateverHappens() throws Exception {
        FaultsTest.assertAllWell(2, FaultsTest.oneOfEach(FaultsTest.of(Shop.FILES)));
    }
}
