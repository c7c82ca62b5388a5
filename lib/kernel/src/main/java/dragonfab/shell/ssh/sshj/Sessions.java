package dragonfab.shell.ssh.sshj;

import dragonfab.report.Failure;
import dragonfab.shell.Command;
import dragonfab.shell.ssh.LoginPassage;
import dragonfab.shell.ssh.RemoteKill;
import dragonfab.shell.ssh.ResolvedHost;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.schmizz.sshj.connection.ConnectionException;
import net.schmizz.sshj.connection.channel.OpenFailException;

/**
 * All that runs on one host at the same time: on one connection, or on further ones where its sshd takes fewer
 * sessions on each (MaxSessions). A lock has a session as long as a deploy, so that one is never enough.
 */
final class Sessions implements AutoCloseable {
    private static final int TRIES = 10;
    private static final int PAUSE_MS = 100;

    private final ResolvedHost to;
    private final List<Connection> connections = new CopyOnWriteArrayList<>();
    private final Semaphore free = new Semaphore(Channels.AT_MOST, true);
    private volatile boolean closed;

    Sessions(ResolvedHost to, Connection first) {
        this.to = to;
        connections.add(first);
    }

    /** A channel that is open, and the connection that it belongs to; it must be closed. */
    record Session(Sessions all, Connection connection, ExecChannel channel) implements AutoCloseable {

        /** Makes ready for the next command while this one runs. */
        void prepareNext() throws IOException {
            if (all.free.availablePermits() > 0 && !all.free.hasQueuedThreads()) {
                connection.channels().prepare();
            }
        }

        @Override
        public void close() {
            connection.channels().giveBack();
            all.free.release();
        }
    }

    void prepare() throws IOException {
        connections.get(0).channels().prepare();
    }

    /** @throws TimeoutException when there is none within that time */
    Session take(Duration within) throws IOException, InterruptedException, TimeoutException {
        var end = System.nanoTime() + within.toNanos();
        if (!free.tryAcquire(within.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new TimeoutException("all sessions are busy");
        }
        try {
            for (int tries = 1;; tries++) {
                var session = next();
                if (isOpened(session, Duration.ofNanos(Math.max(1, end - System.nanoTime())))) {
                    return session;
                }
                if (session.connection.channels().refused() && tries >= TRIES) {
                    throw Failure.refused(to.place(), "its sshd opens no session (MaxSessions)")
                            .remedy("MaxSessions 10 in its /etc/ssh/sshd_config");
                }
                if (System.nanoTime() > end) {
                    throw new TimeoutException("no session is opened");
                }
                Thread.sleep(PAUSE_MS);
            }
        } catch (IOException | RuntimeException | InterruptedException | TimeoutException e) {
            free.release();
            throw e;
        }
    }

    private Session next() throws IOException {
        for (var connection : connections) {
            var channel = connection.channels().takeIfRoom();
            if (channel != null) {
                return new Session(this, connection, channel);
            }
        }
        return onFurther();
    }

    private Session onFurther() throws IOException {
        try {
            var further = Connection.open(to, false);
            var session = new Session(this, further, further.channels().takeIfRoom());
            connections.add(further);
            if (closed) {
                further.close();
            }
            return session;
        } catch (Failure e) {
            throw Failure.failed(to.place(), "its sshd takes fewer sessions at once than are needed (MaxSessions), and"
                    + " no further connection: " + e.getMessage())
                    .remedy("MaxSessions 10 in its /etc/ssh/sshd_config");
        }
    }

    private static boolean isOpened(Session session, Duration within) throws IOException, TimeoutException {
        try {
            if (session.channel.isOpen(within)) {
                return true;
            }
        } catch (OpenFailException refused) {
            return false;
        } catch (ConnectionException e) {
            session.connection.channels().giveBack();
            throw e;
        }
        session.connection.channels().giveBack();
        throw new TimeoutException("no session is opened");
    }

    /** Runs a command beside another on its connection, that nobody waits for long; true when it ended well. */
    boolean isDone(Session beside, Command ready) throws IOException, InterruptedException {
        try {
            return isDone(beside.connection, ready);
        } catch (OpenFailException noRoom) {
            try (var further = Connection.open(to, false)) {
                return isDone(further, ready);
            } catch (Failure unreachable) {
                return false;
            }
        }
    }

    private static boolean isDone(Connection connection, Command ready) throws IOException, InterruptedException {
        var channel = new ExecChannel(connection.client());
        if (!channel.isOpen(RemoteKill.PATIENCE)) {
            return false;
        }
        var nowhere = OutputStream.nullOutputStream();
        var passage = new LoginPassage(nowhere, nowhere);
        var running = new RunningCommand(channel, new PingRequest(connection.client()), passage,
                passage.line(ready.line()), ready.input().open());
        var ended = running.awaitEnd(RemoteKill.PATIENCE) ? running.ended() : null;
        channel.hangUp();
        return ended != null && ended.ok();
    }

    @Override
    public void close() {
        closed = true;
        connections.forEach(Connection::close);
    }
}
