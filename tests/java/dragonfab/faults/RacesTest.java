package dragonfab.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.lab.OnContainers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two deploy one site at the same moment: one wins, the other is told by whom, or waits. */
@OnContainers
@Tag("faults")
class RacesTest {
    private static final int RACES = Integer.getInteger("dragonfab.faults.races", 4);
    private static final long SEED = Long.getLong("dragonfab.faults.seed", System.currentTimeMillis());

    @Test
    void oneWinsAndTheOtherIsRefusedOrWaits() throws Exception {
        var random = new SplittableRandom(SEED);
        try (var site = ShopSite.start("race")) {
            for (int race = 1; race <= RACES; race++) {
                boolean waits = race % 2 == 0;
                var version = site.release(Shop.Kind.GOOD);
                var first = new Racer(site, race % 4 < 2 ? "open" : "closed", waits);
                ShopSite.pause(random.nextInt(600));
                var second = new Racer(site, race % 3 == 0 ? "open-ssh" : "open", waits);

                var exits = new ArrayList<>(List.of(first.exit(), second.exit()));
                Collections.sort(exits);
                var what = "race " + race + ", seed " + SEED + ": " + first + second;

                assertEquals(waits ? List.of(0, 0) : List.of(0, 3), exits, what);
                if (!waits) {
                    assertTrue((first + "" + second).contains("locked by "), what);
                }
                assertEquals("200 release " + version, site.served(), what);
                assertEquals("", site.left(), what);
                assertTrue(site.status().contains("\"journal\":\"in sync\""), what);
            }
        }
    }

    private static final class Racer {
        private final List<String> said = Collections.synchronizedList(new ArrayList<>());
        private final Process process;

        Racer(ShopSite site, String environment, boolean waits) throws Exception {
            process = site.cli().follow(said::add, "deploy", environment, "--lock-wait", waits ? "60" : "0");
        }

        int exit() throws InterruptedException {
            return process.waitFor();
        }

        @Override
        public String toString() {
            return String.join("\n", said) + "\n";
        }
    }
}
