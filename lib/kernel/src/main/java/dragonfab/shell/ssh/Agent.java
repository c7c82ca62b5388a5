package dragonfab.shell.ssh;

import dragonfab.shell.DaemonThreads;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The user's ssh-agent.
 *
 * <p>Keys stay opaque, so every kind that the agent knows works, security keys and certificates too.
 */
public final class Agent implements Closeable {
    private static final int LIST = 11;
    private static final int LISTED = 12;
    private static final int SIGN = 13;
    private static final int SIGNED = 14;
    private static final int RSA_SHA2_512 = 4;
    private static final int LARGEST_ANSWER = 1 << 20;
    /** A forwarded agent behind a dead connection never answers. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** A person may have to touch something, or to find a window. */
    private static final Duration PERSON = Duration.ofSeconds(110);

    private final SocketChannel socket;
    private final DataInputStream in;
    private final OutputStream out;

    private Agent(SocketChannel socket) {
        this.socket = socket;
        this.in = new DataInputStream(Channels.newInputStream(socket));
        this.out = Channels.newOutputStream(socket);
    }

    /** Null when there is none; a dead socket is as good as none. */
    public static Agent at(Path path) {
        if (path == null) {
            return null;
        }
        try {
            return new Agent(SocketChannel.open(UnixDomainSocketAddress.of(path)));
        } catch (IOException | IllegalArgumentException | UnsupportedOperationException e) {
            return null;
        }
    }

    /** Empty when it is locked, or does not answer. */
    synchronized List<Identity> keys() {
        var keys = new ArrayList<Identity>();
        try {
            var answer = ByteBuffer.wrap(ask(LIST, new byte[0], LISTED, PATIENCE));
            for (int left = answer.getInt(); left > 0; left--) {
                keys.add(new Key(string(answer), new String(string(answer), StandardCharsets.UTF_8)));
            }
        } catch (IOException | java.nio.BufferUnderflowException e) {
            return List.of();
        }
        return keys;
    }

    private synchronized byte[] sign(Key key, byte[] data) throws IOException {
        var flags = key.algorithm().startsWith("rsa-") ? RSA_SHA2_512 : 0;
        var request = ByteBuffer.allocate(12 + key.blob.length + data.length)
                .putInt(key.blob.length).put(key.blob).putInt(data.length).put(data).putInt(flags);
        return string(ByteBuffer.wrap(ask(SIGN, request.array(), SIGNED, PERSON)));
    }

    private byte[] ask(int request, byte[] body, int wanted, Duration patience) throws IOException {
        try (var until = DaemonThreads.after(patience, socket::close)) {
            out.write(ByteBuffer.allocate(5 + body.length)
                    .putInt(1 + body.length).put((byte) request).put(body).array());
            out.flush();
            var length = in.readInt();
            if (length < 1 || length > LARGEST_ANSWER) {
                throw new IOException("the agent answers nonsense");
            }
            var answer = in.readNBytes(length);
            if (answer.length < length || answer[0] != wanted) {
                throw new IOException("the agent refused");
            }
            return Arrays.copyOfRange(answer, 1, length);
        }
    }

    private static byte[] string(ByteBuffer from) {
        var length = from.getInt();
        if (length < 0 || length > from.remaining()) {
            throw new java.nio.BufferUnderflowException();
        }
        var bytes = new byte[length];
        from.get(bytes);
        return bytes;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** A key that the agent holds. */
    private final class Key implements Identity {
        private final byte[] blob;
        private final String comment;

        Key(byte[] blob, String comment) {
            this.blob = blob;
            this.comment = comment;
        }

        @Override
        public byte[] blob() {
            return blob;
        }

        @Override
        public String name() {
            return "agent key " + comment.replaceAll("\\p{Cntrl}", "?");
        }

        @Override
        public byte[] sign(byte[] data) throws IOException {
            return Agent.this.sign(this, data);
        }

        @Override
        public boolean isFree() {
            return !type().startsWith("sk-");
        }
    }
}
