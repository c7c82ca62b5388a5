package dragonfab.shell.ssh.sshj;

import dragonfab.shell.DaemonThreads;
import dragonfab.shell.ExitStatus;
import dragonfab.shell.ssh.LoginPassage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.transport.TransportException;

/** One command on its channel: three streams move by themselves, and somebody waits for the end. */
final class RunningCommand {
    private static final int BUFFER = 1 << 16;
    private static final int GLANCE_MS = 250;
    private static final long QUIET = TimeUnit.SECONDS.toNanos(2);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final ExecChannel channel;
    private final PingRequest ping;
    private final List<Future<?>> drains;
    private volatile long moved = System.nanoTime();
    private volatile int writing;
    private volatile Exception ownTrouble;

    /** Starts the command. */
    RunningCommand(ExecChannel channel, PingRequest ping, LoginPassage passage, String line, InputStream input)
            throws TransportException {
        this.channel = channel;
        this.ping = ping;
        channel.start(line);
        this.drains = List.of(DaemonThreads.start(() -> drain(channel.getInputStream(), passage.out())),
                DaemonThreads.start(() -> drain(channel.getErrorStream(), passage.err())));
        DaemonThreads.start(() -> feed(input));
    }

    /** False when the time is over first, or a stream of ours failed. */
    boolean awaitEnd(Duration limit) throws InterruptedException, IOException {
        var deadline = System.nanoTime() + limit.toNanos();
        while (!channel.awaitOver(Math.max(0, Math.min(GLANCE_MS, left(deadline))))) {
            if (ownTrouble != null || left(deadline) <= 0) {
                return false;
            }
            if (channel.isRefused() || isLeftOpen()) {
                channel.hangUp();
            }
        }
        for (var drain : drains) {
            await(drain);
        }
        return ownTrouble == null;
    }

    /** What failed on this side: a file that could not be read, or an output that could not be written. */
    Exception ownTrouble() {
        return ownTrouble;
    }

    /** Null when nobody knows how the command ended, or whether all of its output came. */
    ExitStatus ended() {
        var complete = channel.broken() == null || channel.isEOF();
        return complete ? channel.ended() : null;
    }

    private static long left(long deadline) {
        return TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    }

    private void await(Future<?> drain) throws InterruptedException {
        try {
            drain.get();
        } catch (ExecutionException e) {
            // The connection broke, which the channel knows; trouble of our own is noted where it happens.
        }
    }

    /**
     * True when the command ended, but a child it left behind keeps the channel open and says nothing.
     *
     * <p>Silence alone proves nothing on a slow line: the echo makes sure that nothing is on its way.
     */
    private boolean isLeftOpen() throws TransportException {
        if (channel.exitedAt() == 0 || !isQuiet()) {
            return false;
        }
        var before = moved;
        return ping.isAnswered(PATIENCE) && before == moved && isQuiet();
    }

    private boolean isQuiet() {
        return writing == 0 && System.nanoTime() - Math.max(moved, channel.exitedAt()) > QUIET;
    }

    /** To the end, even if nobody listens any more: a full window would stop the other stream too. */
    private void drain(InputStream from, OutputStream to) throws IOException {
        var buffer = new byte[BUFFER];
        for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
            moved = System.nanoTime();
            if (ownTrouble == null) {
                count(1);
                hand(to, buffer, n, from.available() == 0);
                count(-1);
            }
            moved = System.nanoTime();
        }
    }

    private void hand(OutputStream to, byte[] bytes, int length, boolean flush) {
        try {
            to.write(bytes, 0, length);
            if (flush) {
                to.flush();
            }
        } catch (IOException | RuntimeException e) {
            ownTrouble = e;
        }
    }

    private synchronized void count(int step) {
        writing += step;
    }

    private void feed(InputStream input) throws IOException {
        var to = channel.getOutputStream();
        try (input) {
            var buffer = new byte[BUFFER];
            for (int n = read(input, buffer); n >= 0; n = read(input, buffer)) {
                to.write(buffer, 0, n);
            }
            if (ownTrouble == null) {
                to.close();
            }
        } catch (SSHException stopped) {
            // The command ended, or stopped reading: its business.
        }
    }

    private int read(InputStream input, byte[] buffer) {
        try {
            return input.read(buffer);
        } catch (IOException | RuntimeException e) {
            ownTrouble = e;
            return -1;
        }
    }
}
