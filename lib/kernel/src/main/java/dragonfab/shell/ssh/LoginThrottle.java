package dragonfab.shell.ssh;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** Limits the logins at one sshd: it begins to refuse when ten at once have not logged in yet (MaxStartups). */
public final class LoginThrottle {
    private static final int AT_ONCE = 8;
    private static final Map<String, Semaphore> ALL = new ConcurrentHashMap<>();

    private LoginThrottle() {
    }

    /** Logs in when it is its turn. @param name of the sshd that is knocked at */
    public static <T> T through(String name, Supplier<T> login) {
        var door = ALL.computeIfAbsent(name, host -> new Semaphore(AT_ONCE));
        door.acquireUninterruptibly();
        try {
            return login.get();
        } finally {
            door.release();
        }
    }
}
