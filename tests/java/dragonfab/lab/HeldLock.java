package dragonfab.lab;

import dragonfab.shell.Shell;
import dragonfab.state.TargetState;

/** The lock of a site, held for the run of the id "run" by a process of the test's until it is let go. */
public final class HeldLock {

    private HeldLock() {
    }

    public static void take(Shell inside, TargetState site) {
        Lab.run(inside, """
                mkdir -p "$1"
                echo '{"id":"run"}' > "$1/owner"
                setsid flock "$1/lock" sleep 4816 </dev/null >/dev/null 2>&1 &
                while flock -n "$1/lock" true; do sleep 0.1; done
                """, site.folder());
    }

    /** Its name stays, as after a power cut. */
    public static void letGo(Shell inside) {
        Lab.run(inside, "pkill -f '^sleep 4816'");
    }
}
