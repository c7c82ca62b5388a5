package dragonfab;

import dragonfab.config.Container;
import dragonfab.config.Environment;
import dragonfab.config.Key;
import dragonfab.config.Scope;
import dragonfab.config.Target;
import dragonfab.ops.Checksum;
import dragonfab.ops.DebContents;
import dragonfab.ops.HostState;
import dragonfab.ops.LockInfo;
import dragonfab.ops.Lxc;
import dragonfab.ops.Preview;
import dragonfab.ops.Prospect;
import dragonfab.ops.Site;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** What all places say of a deploy that is to come; targets are asked as they are, and none is made or started. */
final class Forecast {
    private final Run run;
    private final Environment environment;
    private final Sequence sequence;
    private final PlannedPackage planned;
    private final String salt;
    private List<DebContents> contents;
    private volatile boolean missing;

    Forecast(Run run, Sequence sequence, PlannedPackage planned, String salt) {
        this.run = run;
        this.environment = run.environment();
        this.sequence = sequence;
        this.planned = planned;
        this.salt = salt;
    }

    /** Whether a target is not there. */
    boolean missing() {
        return missing;
    }

    /** @param locks whether another's lock is in the way */
    Map<String, List<Prospect>> lines(boolean locks) {
        Map<String, List<Prospect>> places = new ConcurrentHashMap<>();
        if (contents == null) {
            contents = planned.contents(run);
        }
        var targets = run.wanted();
        var database = Scope.database(targets).orElseThrow();
        run.all(targets, target -> {
            places.put(target.name(), lines(target, target == database, locks));
            return target;
        });
        places.put("here", here());
        return new TreeMap<>(places);
    }

    private List<Prospect> lines(Target target, boolean first, boolean locks) {
        if (target instanceof Container container) {
            var state = run.holder().ask(Lxc.of(container.name(), environment).state());
            if (!state.text().equals("RUNNING")) {
                missing = true;
                return List.of(Prospect.fact("target", state.ok() ? "does not run: the deploy starts it"
                        : "is not there yet: the deploy makes it"));
            }
        }
        return lines(run.reached(target), first, locks);
    }

    private List<Prospect> lines(Remote remote, boolean first, boolean locks) {
        var site = new Site(environment.require(Key.PACKAGE_NAME, "deploy"));
        var facts = Installation.facts(remote, site.name());
        var host = HostState.of(remote.read(site.preview(run.at(remote).get(Key.INSTALL_RECOMMENDS), contents)).lines()
                .toList());
        var lines = new ArrayList<>(planned.known() ? preview(run.at(remote)).of(facts, host)
                : Preview.unbuilt(facts, host, planned.version()));
        if (first && sequence.step("db-migrate").isPresent()) {
            lines.addAll(Pending.at(remote, run, facts.installed().isPresent(), !facts.runs(planned.version())));
        }
        if (locks) {
            remote.ask(site.lockFacts()).lines().forEach(line -> lock(line, lines));
        }
        return lines;
    }

    private Preview preview(Environment environment) {
        try {
            long sizes = 0;
            for (var file : planned.deb().files()) {
                sizes += Files.size(file);
            }
            return new Preview(planned.deb(), contents, sizes, environment.get(Key.CONFFILES),
                    Packages.answers(environment), environment.get(Key.DEBCONF), salt);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void lock(String line, List<Prospect> lines) {
        var words = line.split(" ", 2);
        var rest = words.length > 1 ? words[1] : "";
        switch (words[0]) {
            case "owner" -> lines.add(Prospect.remark("lock", "held by " + LockInfo.of(rest).shown()));
            case "hold" -> lines.add(Prospect.problem("hold", "deploys are on hold: " + LockInfo.of(rest).shown()));
            default -> {
                // A step that runs is its owner's.
            }
        }
    }

    /** The files that go there. */
    private List<Prospect> here() {
        if (!planned.known()) {
            return List.of();
        }
        return planned.deb().files().stream().map(file -> Prospect.fact("package " + file.getFileName(),
                "sha256 " + Checksum.of(file))).toList();
    }
}
