package dragonfab.shell.ssh.sshj;

import java.io.IOException;
import net.schmizz.sshj.SSHClient;

/**
 * The channels of one connection: four at most, with one opened ahead where there is room.
 *
 * <p>sshd takes ten (MaxSessions), but frees them late; a host that takes fewer is found out and obeyed.
 */
final class Channels {
    static final int AT_MOST = 4;

    private final SSHClient client;
    private int limit = AT_MOST;
    private int taken;
    private ExecChannel ahead;

    Channels(SSHClient client) {
        this.client = client;
    }

    /** A channel that is asked for already, or null where there is no room; it must be given back. */
    synchronized ExecChannel takeIfRoom() throws IOException {
        if (ahead != null) {
            var channel = ahead;
            ahead = null;
            return channel;
        }
        if (taken >= limit) {
            return null;
        }
        var channel = new ExecChannel(client);
        taken++;
        return channel;
    }

    synchronized void giveBack() {
        taken--;
    }

    /** Opens a channel for the next command while this one runs, which saves that one a round trip. */
    synchronized void prepare() throws IOException {
        if (ahead == null && taken < limit) {
            ahead = new ExecChannel(client);
            taken++;
        }
    }

    /** The one that was opened ahead will not come: it was asked for too early. */
    synchronized void forget() {
        if (ahead != null) {
            ahead = null;
            taken--;
        }
    }

    /** sshd did not open one. True when nothing else of ours is in its way. */
    synchronized boolean refused() {
        taken--;
        limit = Math.max(1, Math.min(limit, taken));
        return taken == 0;
    }
}
