package dragonfab.shell.ssh.sshj;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes to and from a server, whether by TCP or through another host; for sshj it is a connected socket.
 *
 * <p>It keeps the first words of the server, to say later who answered in place of an SSH server.
 */
final class SocketAdapter extends Socket {
    private static final int FIRST_WORDS = 200;
    private static final long MANY = 512 << 10;

    private final InputStream in;
    private final OutputStream out;
    private final Closeable end;
    private final int port;
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
    private final AtomicLong passed = new AtomicLong();
    private long flushes;

    private SocketAdapter(InputStream in, OutputStream out, Closeable end, int port) {
        this.in = new FilterInputStream(in) {
            @Override
            public int read() throws IOException {
                int b = super.read();
                if (b >= 0 && heard.size() < FIRST_WORDS) {
                    heard.write(b);
                }
                return b;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                return count(super.read(bytes, offset, length));
            }

            @Override
            public void close() throws IOException {
                SocketAdapter.this.close();
            }
        };
        this.out = new FilterOutputStream(out) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
                count(length);
            }

            @Override
            public void flush() throws IOException {
                super.flush();
                countFlush();
            }

            @Override
            public void close() throws IOException {
                SocketAdapter.this.close();
            }
        };
        this.end = end;
        this.port = port;
    }

    /** Tries every address of the host in turn. */
    static SocketAdapter direct(String host, int port, Duration limit) throws IOException {
        IOException why = null;
        for (var address : InetAddress.getAllByName(host)) {
            var socket = new Socket();
            try {
                // Without it every command waits 40 ms: Nagle's algorithm against delayed acknowledgement.
                socket.setTcpNoDelay(true);
                socket.connect(new InetSocketAddress(address, port), (int) limit.toMillis());
                return new SocketAdapter(socket.getInputStream(), socket.getOutputStream(), socket, port);
            } catch (IOException e) {
                socket.close();
                // An address of a family that this network lacks says nothing about the host.
                why = why == null || String.valueOf(why.getMessage()).contains("unreachable") ? e : why;
            }
        }
        throw why;
    }

    static SocketAdapter over(Tunnel tunnel, int port) {
        return new SocketAdapter(tunnel.getInputStream(), tunnel.getOutputStream(), tunnel::hangUp, port);
    }

    /** The server's first line, with nothing in it that could move a cursor; "" when it said nothing. */
    String firstWords() {
        var line = heard.toString(StandardCharsets.ISO_8859_1).split("[\r\n]", 2)[0];
        return line.replaceAll("[^ -~]", "?");
    }

    synchronized long flushes() {
        return flushes;
    }

    /** Waits until more has been sent than that; false when the time is over first. */
    synchronized boolean awaitFlush(long before, Duration limit) throws InterruptedException {
        var end = System.nanoTime() + limit.toNanos();
        while (flushes == before && System.nanoTime() < end) {
            wait(Math.max(1, limit.toMillis()));
        }
        return flushes != before;
    }

    private int count(int bytes) {
        if (passed.addAndGet(bytes) > MANY) {
            WarmUp.passMany();
        }
        return bytes;
    }

    private synchronized void countFlush() {
        flushes++;
        notifyAll();
    }

    @Override
    public InputStream getInputStream() {
        return in;
    }

    @Override
    public OutputStream getOutputStream() {
        return out;
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public int getPort() {
        return port;
    }

    @Override
    public void setSoTimeout(int millis) {
        // sshj's reader would spin on it; a deadline closes the wire instead.
    }

    @Override
    public void close() throws IOException {
        end.close();
    }
}
