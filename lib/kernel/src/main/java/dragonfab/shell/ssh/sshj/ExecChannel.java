package dragonfab.shell.ssh.sshj;

import dragonfab.shell.ExitStatus;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import net.schmizz.concurrent.Event;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.Message;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.connection.ConnectionException;
import net.schmizz.sshj.connection.channel.direct.SessionChannel;
import net.schmizz.sshj.connection.channel.direct.Signal;
import net.schmizz.sshj.transport.TransportException;

/**
 * A channel for one command. Nothing in it waits, except where its name says so.
 *
 * <p>sshj's own exec waits for one answer after the other; here all are on their way at the same time.
 */
final class ExecChannel extends SessionChannel {
    /** In the order of their numbers. */
    private static final List<String> SIGNALS = List.of("", "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT",
            "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM", "TERM");

    private final ChannelOutput output = new ChannelOutput(trans, () -> rwin, this::getRecipient);
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile SSHException broken;
    private volatile String signal;
    private volatile long exitedAt;
    private Event<ConnectionException> started;

    ExecChannel(SSHClient client) throws TransportException {
        super(client.getConnection());
        trans.write(buildOpenReq());
    }

    /** Waits for the answer; false when none comes within that time. */
    boolean isOpen(Duration within) throws ConnectionException {
        return openEvent.tryAwait(within.toMillis(), TimeUnit.MILLISECONDS);
    }

    void start(String line) throws TransportException {
        var typed = new Buffer.PlainBuffer().putString(line, getRemoteCharset());
        started = sendChannelRequest("exec", true, typed);
    }

    /** True as soon as the channel is closed, by whomever. */
    boolean awaitOver(long millis) throws InterruptedException {
        return over.await(millis, TimeUnit.MILLISECONDS);
    }

    /** True when the server would not even try the command. */
    boolean isRefused() {
        return started.inError() && broken == null;
    }

    /** Null as long as the connection is good. */
    SSHException broken() {
        return broken;
    }

    /** Null as long as the server has not said it. */
    ExitStatus ended() {
        if (signal != null) {
            return new ExitStatus(128 + Math.max(0, SIGNALS.indexOf(signal)), signal);
        }
        return getExitStatus() == null ? null : ExitStatus.with(getExitStatus());
    }

    /** In nanoseconds, as {@link System#nanoTime} counts; 0 while the command runs. */
    long exitedAt() {
        return exitedAt;
    }

    /** Its streams stay open meanwhile: data on a closed one would end the whole connection. */
    void hangUp() throws TransportException {
        sendClose();
    }

    /** sshd passes it on, unless it runs as root. */
    void terminate() throws TransportException {
        output.whileOpen(() -> signal(Signal.TERM));
    }

    @Override
    public OutputStream getOutputStream() {
        return output;
    }

    @Override
    public void handle(Message message, SSHPacket packet) throws SSHException {
        super.handle(message, packet);
        if (message == Message.CHANNEL_WINDOW_ADJUST) {
            output.wakeUp();
        }
    }

    @Override
    public void handleRequest(String request, SSHPacket packet)
            throws ConnectionException, TransportException {
        if (request.equals("exit-signal")) {
            // sshj would close the channel here, and lose what the command wrote last.
            try {
                signal = packet.readString().replaceFirst("@.*", "");
            } catch (Buffer.BufferException e) {
                throw new ConnectionException(e);
            }
        } else {
            super.handleRequest(request, packet);
        }
        if (request.startsWith("exit-")) {
            exitedAt = System.nanoTime();
        }
    }

    @Override
    protected void sendClose() throws TransportException {
        output.shut(super::sendClose);
    }

    @Override
    protected void closeAllStreams() {
        eofInputStreams();
    }

    @Override
    public void notifyError(SSHException error) {
        broken = error;
        super.notifyError(error);
        output.shut();
        over.countDown();
    }

    @Override
    protected void finishOff() {
        super.finishOff();
        over.countDown();
    }
}
