package dragonfab.faults;

import dragonfab.lab.Lab;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs cases, each on a sane site of its shop, several sites of a shop at once; a site that a case broke for good is
 * made anew.
 */
final class Suite {
    private final int sites;

    Suite(int sites) {
        this.sites = sites;
    }

    /** In the order of the cases, one shop after the other. */
    List<Outcome> run(List<Case> cases) throws Exception {
        var outcomes = new ConcurrentSkipListMap<Integer, Outcome>();
        for (var shop : List.of(Shop.DEB, Shop.FILES)) {
            var waiting = cases.stream().filter(each -> each.shop() == shop).toList();
            run(shop, new ConcurrentLinkedQueue<>(waiting), outcomes);
        }
        return List.copyOf(outcomes.values());
    }

    private void run(Shop shop, Queue<Case> waiting, Map<Integer, Outcome> outcomes) throws Exception {
        var threads = Executors.newFixedThreadPool(sites);
        try {
            var workers = new ArrayList<Future<?>>();
            for (int i = Math.min(sites, waiting.size()); i > 0; i--) {
                var name = shop.name() + i;
                workers.add(threads.submit(() -> {
                    work(name, shop, waiting, outcomes);
                    return null;
                }));
            }
            for (var worker : workers) {
                worker.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static void work(String name, Shop shop, Queue<Case> waiting, Map<Integer, Outcome> outcomes)
            throws Exception {
        while (!waiting.isEmpty()) {
            try (var site = ShopSite.start(name, shop)) {
                var usualMs = new HashMap<String, Long>();
                for (var environment : List.of("open", "closed", "open-ssh", "closed-ssh")) {
                    usualMs.put(environment, usual(site, environment));
                }
                boolean sane = true;
                for (var next = waiting.poll(); next != null && sane; next = sane ? waiting.poll() : null) {
                    var outcome = tried(site, next, usualMs.get(next.environment()));
                    outcomes.put(next.number(), outcome);
                    System.out.println(Lab.PREFIX + name + " " + next + ": exit " + outcome.exit() + ", "
                            + outcome.rest()
                            + " after " + outcome.seconds() + " s, " + outcome.visitors()
                            + (outcome.well() ? "" : "\n  BROKEN: " + String.join("\n  ", outcome.violations())));
                    sane = outcome.well();
                }
            }
        }
    }

    private static Outcome tried(ShopSite site, Case each, long usualMs) {
        try {
            return Trial.of(site, each, usualMs);
        } catch (Exception | AssertionError e) {
            return Outcome.broken(each, e);
        }
    }

    /** How long a deploy takes when nothing happens. */
    private static long usual(ShopSite site, String environment) throws Exception {
        site.release(environment.startsWith("closed") ? Shop.Kind.MIGRATES : Shop.Kind.GOOD);
        var begun = System.nanoTime();
        ShopSite.assertWell(site.deploy(environment));
        return (System.nanoTime() - begun) / 1_000_000;
    }
}
