package dragonfab.shell.ssh.sshj;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import net.schmizz.sshj.common.Message;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.connection.ConnectionException;
import net.schmizz.sshj.connection.channel.Window;
import net.schmizz.sshj.transport.Transport;
import net.schmizz.sshj.transport.TransportException;

/**
 * What we send into a channel: as much as the other side has room for, to the last byte, and nothing after
 * the end.
 *
 * <p>In place of sshj's stream, which waits for room while it holds a lock that sshj's reader needs to learn
 * that the
 * channel is closed: one command that leaves its input unread would hang all others on the connection.
 */
final class ChannelOutput extends OutputStream {
    private final Transport transport;
    private final Supplier<Window.Remote> window;
    private final IntSupplier recipient;
    private boolean ended;
    private boolean closed;

    ChannelOutput(Transport transport, Supplier<Window.Remote> window, IntSupplier recipient) {
        this.transport = transport;
        this.window = window;
        this.recipient = recipient;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        for (int sent = 0; sent < length;) {
            var size = Math.min(length - sent, awaitRoom());
            transport.write(new SSHPacket(Message.CHANNEL_DATA).putUInt32FromInt(recipient.getAsInt())
                    .putBytes(bytes, offset + sent, size));
            window.get().consume(size);
            sent += size;
        }
    }

    /** The end of the input; what was written before is with the transport already. */
    @Override
    public synchronized void close() throws IOException {
        if (!ended && !closed) {
            ended = true;
            transport.write(new SSHPacket(Message.CHANNEL_EOF).putUInt32FromInt(recipient.getAsInt()));
        }
    }

    /** There may be room again. */
    synchronized void wakeUp() {
        notifyAll();
    }

    /** A step that sends on the channel. */
    interface Step {
        void run() throws TransportException;
    }

    /** Does it only while the channel lives: sshd takes anything said on a dead one for an attack. */
    synchronized void whileOpen(Step step) throws TransportException {
        if (!closed) {
            step.run();
        }
    }

    /** From now on nothing more is sent, except what this step sends. */
    synchronized void shut(Step last) throws TransportException {
        shut();
        last.run();
    }

    synchronized void shut() {
        closed = true;
        notifyAll();
    }

    private int awaitRoom() throws IOException {
        try {
            while (!closed && window.get().getSize() <= 0) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
        if (closed) {
            throw new ConnectionException("the channel is closed");
        }
        return (int) Math.min(window.get().getSize(), window.get().getMaxPacketSize());
    }
}
