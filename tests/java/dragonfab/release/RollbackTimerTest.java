package dragonfab.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.lab.HeldLock;
import dragonfab.lab.Lab;
import dragonfab.lab.OnContainers;
import dragonfab.shell.Command;
import dragonfab.shell.ConnectionLost;
import dragonfab.shell.Shell;
import dragonfab.state.ReleaseOutcome;
import dragonfab.state.RollbackPlan;
import dragonfab.state.TargetState;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rollback of a deploy that is gone, as its timer executes it. */
@OnContainers
class RollbackTimerTest {
    private static final TargetState SITE = new TargetState("app");
    private static Shell inside;

    @BeforeAll
    static void start() throws IOException {
        inside = Lab.container("back");
        HeldLock.take(inside, SITE);
    }

    @AfterAll
    static void remove() {
        Lab.remove("back");
    }

    @Test
    void whatFailsIsTriedUntilItGoesWellAndThenNothingIsLeft() {
        var back = new RollbackPlan(List.of(Command.of("test", "-e", "/well")), ReleaseOutcome.ROLLED_BACK,
                Duration.ofMinutes(10));
        assertTrue(inside.ask(SITE.arm("run", back)).ok());
        // From here on the timer is played by the test, which has less patience.
        Lab.run(inside, "systemctl stop dragonfab-rollback-app.timer dragonfab-rollback-app.service");
        HeldLock.letGo(inside);

        for (int i = 0; i < 7; i++) {
            tick();
        }

        assertEquals("5\n", inside.ask(Command.of("cat", SITE.folder() + "/rollback/tries")).out());
        assertEquals("", outcome());
        Lab.run(inside, "touch /well; touch -d '2 minutes ago' \"$1/rollback/tries\"", SITE.folder());
        tick();
        assertTrue(outcome().contains("\"outcome\":\"rolled back\""), outcome());
        assertEquals("", inside.ask(Command.script("""
                ls "$1/rollback/armed" 2>/dev/null
                systemctl list-units --all --plain --no-legend 'dragonfab-*'
                find /etc/systemd/system -name 'dragonfab-*'
                """, SITE.folder())).out());
    }

    @Test
    void powerThatFailsAsItIsArmedLeavesTheTimerThatTakesIt() {
        var site = new TargetState("cut");
        var back = new RollbackPlan(List.of(Command.of("true")), ReleaseOutcome.ROLLED_BACK, Duration.ofMinutes(10));
        HeldLock.take(inside, site);
        Lab.run(inside, """
                mv /usr/bin/sync /usr/bin/sync.real
                cat > /usr/bin/sync <<'END'
                #!/bin/sh
                /usr/bin/sync.real "$@"
                [ ! -e /var/lib/dragonfab/cut/rollback/armed ] || pkill -KILL -f '[n]ew/armed'
                END
                chmod 755 /usr/bin/sync
                """);
        try {
            assertThrows(ConnectionLost.class, () -> inside.ask(site.arm("run", back)));

            assertEquals("run\nenabled\nactive\n", inside.ask(Command.script("""
                    cat "$1/rollback/armed"
                    systemctl is-enabled dragonfab-rollback-cut.timer
                    systemctl is-active dragonfab-rollback-cut.timer
                    """, site.folder())).out());
        } finally {
            Lab.run(inside, "mv /usr/bin/sync.real /usr/bin/sync; sh \"$1/rollback/disarm\" \"$1\"", site.folder());
        }
    }

    private static void tick() {
        inside.ask(Command.of("sh", SITE.folder() + "/rollback/tick", SITE.folder()));
    }

    private static String outcome() {
        return inside.ask(Command.script("grep '\"event\":\"outcome\"' \"$1/journal\"", SITE.folder())).out();
    }
}
