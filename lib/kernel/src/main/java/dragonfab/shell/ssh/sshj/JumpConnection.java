package dragonfab.shell.ssh.sshj;

import dragonfab.report.Failure;
import dragonfab.shell.ssh.ResolvedHost;
import java.util.HashMap;
import java.util.Map;

/** A share in one connection to a jump host; the connection ends with its last share. */
final class JumpConnection implements AutoCloseable {
    private static final Map<String, JumpConnection> OPEN = new HashMap<>();

    private final String key;
    private final ResolvedHost host;
    private Connection connection;
    private RuntimeException failure;
    private boolean connecting;
    private int shares;

    private JumpConnection(String key, ResolvedHost host) {
        this.key = key;
        this.host = host;
    }

    static JumpConnection share(ResolvedHost host) {
        var key = host.user() + "@" + host.hostAndPort() + " " + host.jumps() + host.settings().configFile();
        JumpConnection bastion;
        synchronized (OPEN) {
            bastion = OPEN.computeIfAbsent(key, k -> new JumpConnection(k, host));
            bastion.shares++;
        }
        try {
            bastion.connect();
            return bastion;
        } catch (RuntimeException e) {
            bastion.close();
            throw e;
        }
    }

    synchronized Connection connection() {
        return connection;
    }

    /** One connects while all others wait, and get what it got; a connection that died is made anew. */
    private synchronized void connect() {
        if (failure != null) {
            throw failure;
        }
        if (connecting) {
            // Only the thread that is connecting this very host can come here again.
            throw Failure.usage(host.place(), "jump hosts go round in a circle");
        }
        connecting = true;
        try {
            if (connection == null || !connection.isAlive()) {
                connection = Connection.open(host, false);
            }
        } catch (RuntimeException e) {
            failure = e;
            throw e;
        } finally {
            connecting = false;
        }
    }

    @Override
    public void close() {
        synchronized (OPEN) {
            if (--shares > 0) {
                return;
            }
            OPEN.remove(key);
        }
        synchronized (this) {
            if (connection != null) {
                connection.close();
            }
        }
    }
}
