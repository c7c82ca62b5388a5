package dragonfab.shell.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A port of this machine that leads far away. It counts how often we spoke and were answered. */
final class FarAway implements AutoCloseable {
    private static final int ONE_WAY_MS = 150;

    private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ScheduledExecutorService there = Executors.newSingleThreadScheduledExecutor();
    private final ScheduledExecutorService back = Executors.newSingleThreadScheduledExecutor();
    private boolean spoke;
    private int turns;

    FarAway(String host) throws IOException {
        background(() -> {
            while (!door.isClosed()) {
                var ours = door.accept();
                var theirs = new Socket(host, 22);
                // Else what is said in two pieces would wait for the other side's word on the first.
                ours.setTcpNoDelay(true);
                theirs.setTcpNoDelay(true);
                background(() -> carry(ours.getInputStream(), theirs.getOutputStream(), there));
                background(() -> carry(theirs.getInputStream(), ours.getOutputStream(), back));
            }
        });
    }

    int port() {
        return door.getLocalPort();
    }

    synchronized int turns() {
        return turns;
    }

    private void carry(InputStream from, OutputStream to, ScheduledExecutorService way) throws IOException {
        var buffer = new byte[1 << 16];
        for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
            var bytes = Arrays.copyOf(buffer, n);
            if (way == there) {
                spoken();
            }
            way.schedule(() -> {
                to.write(bytes);
                to.flush();
                if (way == back) {
                    listened();
                }
                return null;
            }, ONE_WAY_MS, TimeUnit.MILLISECONDS);
        }
    }

    private synchronized void spoken() {
        spoke = true;
    }

    private synchronized void listened() {
        turns += spoke ? 1 : 0;
        spoke = false;
    }

    private static void background(Daemons.Work work) {
        Daemons.start(work);
    }

    @Override
    public void close() throws IOException {
        door.close();
        there.shutdownNow();
        back.shutdownNow();
    }
}
