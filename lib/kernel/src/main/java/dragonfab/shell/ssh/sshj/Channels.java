package dragonfab.shell.ssh.sshj;

import java.io.IOException;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.connection.channel.OpenFailException;

/**
 * The channels of one connection: four at most, with one opened ahead where there is room.
 *
 * <p>sshd takes ten (MaxSessions), but frees them late; a host that takes fewer is found out and obeyed.
 */
final class Channels {
    private static final int AT_MOST = 4;
    private static final int TRIES = 10;
    private static final int PAUSE_MS = 100;

    private final SSHClient client;
    private int limit = AT_MOST;
    private int taken;
    private int waiting;
    private ExecChannel ahead;

    Channels(SSHClient client) {
        this.client = client;
    }

    /** Waits for a free channel; it must be given back. */
    ExecChannel take() throws IOException, InterruptedException {
        for (int tries = 1; ; tries++) {
            var channel = next();
            try {
                channel.awaitOpen();
                return channel;
            } catch (OpenFailException refused) {
                if (refused(tries)) {
                    throw refused;
                }
                Thread.sleep(PAUSE_MS);
            } catch (IOException e) {
                giveBack();
                throw e;
            }
        }
    }

    synchronized void giveBack() {
        taken--;
        notify();
    }

    /** Opens a channel for the next command while this one runs, which saves that one a round trip. */
    synchronized void prepare() throws IOException {
        if (ahead == null && waiting == 0 && taken < limit) {
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

    private synchronized ExecChannel next() throws IOException, InterruptedException {
        waiting++;
        try {
            while (ahead == null && taken >= limit) {
                wait();
            }
        } finally {
            waiting--;
        }
        if (ahead != null) {
            var channel = ahead;
            ahead = null;
            return channel;
        }
        taken++;
        try {
            return new ExecChannel(client);
        } catch (IOException e) {
            taken--;
            throw e;
        }
    }

    /** True when it is hopeless: nothing else of ours is in the way. */
    private synchronized boolean refused(int tries) {
        taken--;
        limit = Math.max(1, Math.min(limit, taken));
        return taken == 0 && tries >= TRIES;
    }
}
