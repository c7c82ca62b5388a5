package dragonfab.shell.ssh.sshj;

import dragonfab.report.Failure;
import dragonfab.shell.ConnectionLost;
import dragonfab.shell.DaemonThreads;
import dragonfab.shell.ssh.HostKey;
import dragonfab.shell.ssh.LoginThrottle;
import dragonfab.shell.ssh.ResolvedHost;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.schmizz.keepalive.KeepAliveRunner;
import net.schmizz.sshj.SSHClient;

/** One SSH connection that is logged in, with whatever it goes through. */
final class Connection implements AutoCloseable {
    private static final Duration FAREWELL = Duration.ofSeconds(1);

    private final SSHClient client;
    private final SocketAdapter socket;
    private final AutoCloseable way;
    private final Channels channels;

    private Connection(SSHClient client, SocketAdapter socket, AutoCloseable way) {
        this.client = client;
        this.socket = socket;
        this.way = way;
        this.channels = new Channels(client);
    }

    /** @param ahead whether a command will come at once, for which a channel is opened with the login */
    static Connection open(ResolvedHost to, boolean ahead) {
        return LoginThrottle.through(to.hostAndPort() + to.jumps(), () -> attempt(to, false, null, ahead));
    }

    private static Connection attempt(ResolvedHost to, boolean chacha, HostKey accepted, boolean ahead) {
        var check = new HostKeyCheck(to, accepted);
        var way = Route.to(to);
        var client = client(chacha ? Algorithms.withChacha(check.kinds()) : Algorithms.of(check.kinds()), check, to);
        var connection = new Connection(client, way.socket(), way);
        var login = new Login(client, way.socket(), to, ahead ? connection.channels : null);
        try {
            connection.greet(to);
            login.getIn();
            return connection;
        } catch (GreetingFailed e) {
            connection.close();
            if (!chacha && e.wantsChacha()) {
                return attempt(to, true, accepted, ahead);
            }
            return attempt(to, chacha, agreed(check, e.failure(to)), ahead);
        } catch (ConnectionLost e) {
            connection.close();
            if (login.wasHasty()) {
                return attempt(to, chacha, accepted, false);
            }
            throw e;
        } catch (RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** The key that a person accepts now; without one it is over. */
    private static HostKey agreed(HostKeyCheck check, Failure otherwise) {
        if (check.isAcceptedByPerson()) {
            return check.shown();
        }
        throw check.refusal() != null ? check.refusal() : otherwise;
    }

    private static SSHClient client(Algorithms algorithms, HostKeyCheck check, ResolvedHost to) {
        var client = new SSHClient(algorithms);
        client.addHostKeyVerifier(check);
        var alive = (KeepAliveRunner) client.getConnection().getKeepAlive();
        alive.setKeepAliveInterval((int) Math.max(1, to.aliveInterval().toSeconds()));
        alive.setMaxAliveCount(to.aliveCount());
        client.getConnection().setWindowSize(to.settings().window());
        return client;
    }

    private void greet(ResolvedHost to) {
        client.setSocketFactory(new ConnectedSocketFactory(socket));
        var deadline = DaemonThreads.after(to.connectTimeout(), socket::close);
        try (deadline) {
            // The name is what a host certificate must be for.
            client.connect(to.hostKeys().names().get(to.hostKeys().names().size() - 1), to.port());
        } catch (IOException e) {
            throw new GreetingFailed(e, socket.firstWords(), deadline.isPassed());
        }
    }

    Channels channels() {
        return channels;
    }

    SSHClient client() {
        return client;
    }

    boolean isAlive() {
        return client.isConnected();
    }

    /** Says farewell, but does not wait for a host that does not listen any more. */
    @Override
    public void close() {
        try {
            DaemonThreads.start(client::disconnect).get(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // It is cut off below, farewell or not.
        }
        try {
            socket.close();
            way.close();
        } catch (Exception gone) {
            // A connection that cannot be closed is closed already.
        }
    }
}
