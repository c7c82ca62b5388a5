package dragonfab.shell.ssh.sshj;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Connections begin a moment apart: those that begin together wait together, and then all need the processor at once,
 * while a moment apart they fill each other's waits.
 */
final class ConnectPacing {
    private static final Duration APART = Duration.ofMillis(4);

    private static long next = System.nanoTime();

    private ConnectPacing() {
    }

    /** Waits for the turn of one more; who comes alone waits for nobody. */
    static void keep() {
        try {
            TimeUnit.NANOSECONDS.sleep(turn());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static synchronized long turn() {
        var now = System.nanoTime();
        var wait = Math.max(0, next - now);
        next = now + wait + APART.toNanos();
        return wait;
    }
}
