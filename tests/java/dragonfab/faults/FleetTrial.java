package dragonfab.faults;

import dragonfab.lab.Cli;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Runs one case on the four hosts, and judges it from outside: while nobody does anything, after what is left was
 * finished, and after the next good release.
 */
final class FleetTrial {
    private static final Pattern BATCH = Pattern.compile(".*: batch (\\d) of \\d: (.*)");
    private static final int LONGEST_SECONDS = 300;
    private static final String LOCK_WAIT = "60";

    /**
     * What became of one case.
     *
     * @param exit       of the client; 137 when it was killed
     * @param resumed    exit code of what finished it; -1 where that was not tried
     * @param rest       the hosts in their order: o for the release before, n for the new one
     * @param seconds    until they were at rest
     * @param violations of what must hold; empty when nothing did
     */
    record Result(FleetCase fault, int exit, int resumed, String rest, long seconds, List<String> violations) {
        boolean well() {
            return violations.isEmpty();
        }
    }

    private final FleetShop shop;
    private final FleetCase fault;
    private final List<String> violations = new ArrayList<>();
    private final List<String> said = Collections.synchronizedList(new ArrayList<>());

    FleetTrial(FleetShop shop, FleetCase fault) {
        this.shop = shop;
        this.fault = fault;
    }

    Result run() throws Exception {
        var before = shop.hosts().get(0).running();
        var after = shop.release(fault.kind());
        var begun = System.nanoTime();
        int exit;
        try {
            exit = deploy();
        } finally {
            fault.fault().end(struck());
        }
        demand(fault.exits().isEmpty() || fault.exits().contains(exit), "exit " + exit + ": " + said());
        var rest = rest(before, after);
        var seconds = (System.nanoTime() - begun) / 1_000_000_000;
        demand(exit != 0 || rest.equals("nnnn"), "exit 0, and " + rest);
        demand(exit != 1 && exit != 3 || rest.equals("oooo"), "exit " + exit + ", and " + rest + ": " + said());
        demand(exit != 4 || !fault.mode().equals("rollback_all") || !fault.fault().harmless(),
                "all were to go back: " + said());
        canary(after);
        int resumed = fault.number() % 2 == 0 ? resume(before, after) : -1;
        next();
        return new Result(fault, exit, resumed, rest, seconds, List.copyOf(violations));
    }

    private void demand(boolean holds, String otherwise) {
        if (!holds) {
            violations.add(otherwise);
        }
    }

    private FleetHost struck() {
        return shop.hosts().get(fault.host() - 1);
    }

    private String said() {
        return String.join("\n", said);
    }

    /** Runs the deploy with its fault, and returns the client's code. */
    private int deploy() throws IOException, InterruptedException {
        if (fault.isBefore()) {
            fault.fault().strike(struck(), null);
        }
        var client = shop.cli().follow(said::add, "deploy", fault.mode());
        if (!fault.isBefore()) {
            while (client.isAlive() && !due()) {
                client.waitFor(20, TimeUnit.MILLISECONDS);
            }
            if (fault.line() == 0) {
                client.waitFor(fault.delayMs(), TimeUnit.MILLISECONDS);
            }
            fault.fault().strike(struck(), client);
        }
        if (!client.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
            client.destroyForcibly();
            violations.add("the client hung for " + LONGEST_SECONDS + " s");
        }
        return client.waitFor();
    }

    private boolean due() {
        return fault.line() > 0 ? said.size() >= fault.line() : !batch(fault.batch()).isEmpty();
    }

    /** Who was named as that batch; nobody when it did not begin. */
    private List<String> batch(int number) {
        synchronized (said) {
            return said.stream().map(BATCH::matcher)
                    .filter(line -> line.matches() && line.group(1).equals(String.valueOf(number)))
                    .map(line -> List.of(line.group(2).split(", "))).findFirst().orElse(List.of());
        }
    }

    /** Waits until all are quiet without anybody, and looks what each is then. */
    private String rest(String before, String after) {
        boolean quiet = ShopSite.await(Trial.REST_SECONDS,
                () -> shop.hosts().stream().allMatch(host -> host.left().isEmpty()));
        demand(quiet, "not at rest after " + Trial.REST_SECONDS + " s: "
                + shop.hosts().stream().map(host -> host.address() + ": " + host.left()).toList());
        return states(before, after);
    }

    /** Each host is old or new, and whole; and what the tools say of it is so. */
    private String states(String before, String after) {
        var status = shop.status().lines().filter(line -> line.contains("\"row\"")).toList();
        return shop.hosts().stream().map(host -> {
            var running = host.running();
            demand(running.equals(before) || running.equals(after), host.address() + " is neither old nor new: "
                    + running);
            demand(host.served().equals("200 release " + running), host.address() + " has " + running + ", and serves "
                    + host.served());
            var row = status.stream().filter(line -> line.contains("\"host\":\"" + host.address() + "\"")).findFirst()
                    .orElse("");
            demand(row.contains("\"release\":\"" + running + "\"") && row.contains("\"journal\":\"in sync\"")
                    && row.contains("\"health\":\"healthy\"") && !row.contains("armed"),
                    host.address() + " has " + running + ", and status says: " + row);
            return running.equals(after) ? "n" : running.equals(before) ? "o" : "?";
        }).collect(Collectors.joining());
    }

    /** What the first batch condemned, or was never seen to be well on, no other host was given. */
    private void canary(String version) {
        var saw = shop.hosts().stream().filter(host -> host.saw(version)).map(FleetHost::address).toList();
        var first = batch(1);
        var second = batch(2);
        demand(!saw.isEmpty() || first.isEmpty() || fault.fault() != FleetFault.NONE, "nobody was given " + version);
        demand(!fault.kind().badAtOnce() || second.isEmpty(), "a release that the canary condemned went on: " + said());
        demand(!second.isEmpty() || first.containsAll(saw), "only " + first + " had their turn, and " + saw
                + " were given " + version);
    }

    /** What is left is finished, or the reason is said. */
    private int resume(String before, String after) {
        boolean untouched = shop.hosts().stream().noneMatch(host -> host.saw(after));
        var resume = shop.cli().run("deploy", fault.mode(), "--resume", "--lock-wait", LOCK_WAIT);
        var rest = rest(before, after);
        if (fault.kind().good()) {
            demand(resume.exit() == 0 && (rest.equals("nnnn") || rest.equals("oooo") && untouched && says(resume)),
                    "resume: " + rest + ": " + resume);
        } else {
            demand(resume.exit() != 0 && resume.exit() != 2, "resume of a bad release: " + rest + ": " + resume);
            demand(!fault.kind().badAtOnce() || shop.hosts().stream().filter(host -> host.saw(after)).count() <= 1,
                    "a release that the canary condemned went on with --resume: " + resume);
        }
        return resume.exit();
    }

    /** Where it was cut off before any host was touched, no journal knows of it. */
    private static boolean says(Cli.Ran resume) {
        return resume.out().contains("nothing is left");
    }

    /** A good release can be deployed on all, by what a refusal says is to be tried, and then all is in order. */
    private void next() throws IOException {
        var version = shop.release(FleetShop.Kind.GOOD);
        var deployed = shop.cli().run("deploy", "rollback_all", "--lock-wait", LOCK_WAIT);
        if (deployed.exit() == 3) {
            try {
                well(shop.cli().carryOut(deployed));
                deployed = shop.cli().run("deploy", "rollback_all");
            } catch (AssertionError noWayForward) {
                violations.add(noWayForward.getMessage());
            }
        }
        well(deployed);
        var rest = rest("", version);
        demand(rest.equals("nnnn"), "after the next deploy: " + rest);
    }

    private void well(Cli.Ran ran) {
        demand(ran.exit() == 0, "the next command: " + ran);
    }
}
