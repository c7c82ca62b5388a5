package dragonfab.report;

/** A heartbeat from its start to its stop; unarmed it is silent, and it never keeps the program alive. */
final class Ticker {
    private final long nanos;
    private final Runnable beat;
    private boolean armed;
    private volatile boolean stopped;

    Ticker(long nanos, Runnable beat) {
        this.nanos = nanos;
        this.beat = beat;
    }

    synchronized void arm() {
        armed = true;
    }

    synchronized void start() {
        if (armed && !stopped) {
            armed = false;
            var thread = new Thread(this::run, "display");
            thread.setDaemon(true);
            thread.start();
        }
    }

    void stop() {
        stopped = true;
    }

    private void run() {
        try {
            while (!stopped) {
                beat.run();
                Thread.sleep(nanos / 1_000_000);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
