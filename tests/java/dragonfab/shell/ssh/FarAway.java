package dragonfab.shell.ssh;

import dragonfab.shell.DaemonThreads;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * A port of this machine that leads far away: nobody hears the other before both have said all that they can, and then
 * both do. So our turns are those that a long way costs, however slow either side is.
 */
final class FarAway implements AutoCloseable {
    private static final int QUIET_MS = 400;

    private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ByteArrayOutputStream ours = new ByteArrayOutputStream();
    private final ByteArrayOutputStream theirs = new ByteArrayOutputStream();
    private int words;
    private int turns;

    FarAway(String host) throws IOException {
        DaemonThreads.start(() -> {
            try (var here = door.accept(); var there = new Socket(host, 22)) {
                DaemonThreads.start(() -> listen(here, ours));
                DaemonThreads.start(() -> listen(there, theirs));
                while (!door.isClosed()) {
                    awaitQuiet();
                    carry(here, there);
                }
            }
        });
    }

    int port() {
        return door.getLocalPort();
    }

    synchronized int turns() {
        return turns;
    }

    private void listen(Socket from, ByteArrayOutputStream to) throws IOException {
        var buffer = new byte[1 << 16];
        var in = from.getInputStream();
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            synchronized (this) {
                to.write(buffer, 0, n);
                words++;
            }
        }
        close();
    }

    private void awaitQuiet() throws InterruptedException {
        int before;
        do {
            before = words();
            Thread.sleep(QUIET_MS);
        } while (before != words());
    }

    private synchronized int words() {
        return words;
    }

    private synchronized void carry(Socket here, Socket there) throws IOException {
        turns += ours.size() > 0 ? 1 : 0;
        ours.writeTo(there.getOutputStream());
        ours.reset();
        theirs.writeTo(here.getOutputStream());
        theirs.reset();
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
