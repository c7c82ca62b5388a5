package dragonfab.faults;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A steady stream of requests to a site, and a count of what they got. */
final class Visitors implements AutoCloseable {
    /** What a visitor got. */
    enum Got { OLD, NEW, MAINTENANCE, ELSE }

    private static final int PER_SECOND = 20;

    private final String address;
    private final String before;
    private final String after;
    private final Map<Got, Integer> counts = new EnumMap<>(Got.class);
    private final Map<String, Integer> others = new ConcurrentSkipListMap<>();
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(4);

    /** @param before and after: the releases that a visitor may see */
    Visitors(String address, String before, String after) {
        this.address = address;
        this.before = before;
        this.after = after;
        threads.scheduleAtFixedRate(() -> threads.execute(this::visit), 0, 1000 / PER_SECOND, TimeUnit.MILLISECONDS);
    }

    private void visit() {
        var answer = ShopSite.look(address);
        var got = answer.equals("200 release " + before) ? Got.OLD : answer.equals("200 release " + after) ? Got.NEW
                : answer.equals("503") ? Got.MAINTENANCE : Got.ELSE;
        synchronized (this) {
            counts.merge(got, 1, Integer::sum);
            if (got == Got.ELSE) {
                others.merge(answer.lines().findFirst().orElse("").replaceAll("<.*", ""), 1, Integer::sum);
            }
        }
    }

    synchronized int count(Got got) {
        return counts.getOrDefault(got, 0);
    }

    /** What else they got, with its count. */
    synchronized Map<String, Integer> others() {
        return Map.copyOf(others);
    }

    /** Those that are waiting for an answer are counted too. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            threads.awaitTermination(15, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
