package dragonfab.faults;

import dragonfab.lab.Cli;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Runs one case on a site, and judges it from outside: while nobody does anything, and after the next command.
 *
 * <p>What must hold is written here and nowhere else.
 */
final class Trial {
    /** A silent line is noticed after a minute, and the target waits another. */
    static final int REST_SECONDS = 150;
    private static final int LONGEST_SECONDS = 240;
    /** A target whose way back failed tries a second time by itself. */
    private static final String LOCK_WAIT = "60";

    private final ShopSite site;
    private final Case fault;
    private final long usualMs;
    private final List<String> violations = new ArrayList<>();
    private final Queue<String> said = new ConcurrentLinkedQueue<>();
    private String already = "";

    private Trial(ShopSite site, Case fault, long usualMs) {
        this.site = site;
        this.fault = fault;
        this.usualMs = usualMs;
    }

    /** @param usualMs how long a deploy takes when nothing happens; afterwards the site is sane again, or there is no
     * use in going on */
    static Outcome of(ShopSite site, Case fault, long usualMs) throws Exception {
        return new Trial(site, fault, usualMs).run();
    }

    private Outcome run() throws Exception {
        var before = site.running();
        var after = site.release(fault.kind());
        fault.fault().begin(site);
        already = site.left();
        var begun = System.nanoTime();
        var visitors = new Visitors(site.address(), before, after);
        int exit;
        String rest;
        try (visitors) {
            exit = deploy();
            demand(fault.exits().isEmpty() || fault.exits().contains(exit), "exit " + exit + ": " + said);
            demand(exit != 3 || served(before), "exit 3 and not as before: " + site.served());
            demand(exit != 1 || served(before), "exit 1 and not as before: " + site.served());
            demand(exit != 0 || served(after), "exit 0 and not the new release: " + site.served());
            fault.fault().end(site);
            rest = rest(before, after);
        }
        var seconds = (System.nanoTime() - begun) / 1_000_000_000;
        var counts = new EnumMap<Visitors.Got, Integer>(Visitors.Got.class);
        for (var got : Visitors.Got.values()) {
            counts.put(got, visitors.count(got));
        }
        demand(fault.mayShow() || counts.get(Visitors.Got.ELSE) == 0, "visitors got " + visitors.others());
        demand(exit != 0 || fault.kind().good(), "a bad release was taken for good");
        next();
        return new Outcome(fault, exit, rest, seconds, List.copyOf(violations), counts, visitors.others());
    }

    private void demand(boolean holds, String otherwise) {
        if (!holds) {
            violations.add(otherwise);
        }
    }

    private boolean served(String version) {
        return site.served().equals("200 release " + version);
    }

    /** Runs the deploy with its fault, and returns the client's code. */
    private int deploy() throws Exception {
        var lines = new CountDownLatch(fault.line());
        var client = site.beginDeploy(line -> {
            said.add(line);
            lines.countDown();
        }, fault.environment(), fault.options());
        if (fault.line() > 0) {
            while (client.isAlive() && !lines.await(50, TimeUnit.MILLISECONDS)) {
                continue;
            }
        } else if (!fault.fault().waits()) {
            client.waitFor((long) (fault.moment() * usualMs), TimeUnit.MILLISECONDS);
        }
        fault.fault().strike(site, client);
        if (!client.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
            client.destroyForcibly();
            violations.add("the client hung for " + LONGEST_SECONDS + " s");
        }
        return client.waitFor();
    }

    /** Waits until the target is quiet without anybody, and looks what it is then. */
    private String rest(String before, String after) {
        boolean quiet = ShopSite.await(REST_SECONDS, () -> site.left().equals(already) || wayBackFailed());
        demand(quiet, "not at rest after " + REST_SECONDS + " s: " + site.left());
        if (wayBackFailed()) {
            return "attention";
        }
        var served = site.served();
        var running = site.running();
        if (served.equals("503")) {
            // Shut is right only where a migration had begun, or where the deploy found it shut.
            demand(fault.kind().migrates() && fault.closes(), "left in maintenance");
            return "closed";
        }
        demand(!site.closed(), "maintenance is on, and visitors get " + served);
        demand(site.status().contains("\"journal\":\"in sync\""), "the journal disagrees: " + site.status());
        demand(served.equals("200 release " + before) || served.equals("200 release " + after),
                "neither old nor new: " + served);
        demand(served.endsWith(" " + running), served + ", and the target says that " + running + " runs");
        return served.endsWith(" " + before) ? "old" : "new";
    }

    /** Nothing leads back, and the target says so and goes no further by itself. */
    private boolean wayBackFailed() {
        return fault.kind() == Shop.Kind.REFUSES_DOWNGRADE && site.status().contains("failed, and what runs stays");
    }

    /** Whatever is left, a good release can be deployed, by what a refusal says is to be tried, and then all is in order. */
    private void next() throws Exception {
        if (fault.number() % 2 == 0 && !fault.fault().refuses()) {
            var healed = site.cli().run("heal", "open", "--lock-wait", LOCK_WAIT);
            demand(healed.exit() == (wayBackFailed() ? 4 : 0), "the next command: " + healed);
        }
        var version = site.release(site.schemaMoved() ? Shop.Kind.MIGRATES : Shop.Kind.GOOD);
        var deployed = site.deploy("closed", "--lock-wait", LOCK_WAIT);
        if (deployed.exit() == 3) {
            try {
                well(site.cli().carryOut(deployed));
                deployed = site.deploy("closed");
            } catch (AssertionError noWayForward) {
                violations.add(noWayForward.getMessage());
            }
        }
        well(deployed);
        demand(served(version), "after the next deploy: " + site.served());
        demand(site.running().equals(version), "after the next deploy: " + site.running());
        demand(ShopSite.await(20, () -> site.leftAfterAll().isEmpty()),
                "left after the next deploy: " + site.leftAfterAll());
        demand(!site.mixed(), "two migrations ran at once");
        demand(!site.closed(), "still in maintenance after the next deploy");
        demand(site.status().contains("\"journal\":\"in sync\""), "the journal disagrees: " + site.status());
    }

    private void well(Cli.Ran ran) {
        demand(ran.exit() == 0, "the next command: " + ran);
    }
}
