package dragonfab.release.deb;

import dragonfab.config.Environment;
import dragonfab.config.Key;
import dragonfab.recipe.Run;
import dragonfab.report.Failure;
import dragonfab.report.Remedy;
import dragonfab.repository.ProvenRelease;
import dragonfab.state.ReleaseId;
import dragonfab.state.TargetFacts;
import dragonfab.state.TargetState;
import dragonfab.target.Remote;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What another environment runs, as its targets say: the one release that all of them have and that went well. */
public final class OtherEnvironment implements ProvenRelease {
    private final Run run;
    private final Environment from;
    private final List<Remote> targets = new ArrayList<>();
    private final List<ReleaseId> builds = new ArrayList<>();
    private final ReleaseId release;

    /** @throws Failure where they run several, or none that went well */
    public OtherEnvironment(Run run, Environment from) {
        this.run = run;
        this.from = from;
        this.release = found();
    }

    private ReleaseId found() {
        var state = new TargetState(from.require(Key.PACKAGE_NAME, "deb-publish --from"));
        var running = new TreeMap<String, ReleaseId>();
        for (var remote : run.places().allOf(from)) {
            var facts = TargetFacts.of(remote.read(new DebCommands(state).facts()).lines().toList());
            if (facts.running().isEmpty() && !facts.armed() && !facts.unfinished()) {
                continue;
            }
            targets.add(remote);
            var good = facts.runningRelease().filter(each -> facts.runsAsDeployed(each.id()) && !facts.armed());
            running.put(remote.name(), good.orElseThrow(() -> refused(remote.name() + " runs "
                    + facts.running().map(version -> state.name() + " " + version).orElse("nothing whole")
                    + ", which no deploy has brought to a good end")).id());
        }
        var first = running.values().stream().findFirst()
                .orElseThrow(() -> refused("none of its targets runs " + state.name()));
        var kind = new DebKind();
        if (!running.values().stream().allMatch(each -> kind.isOneRelease(first, each))) {
            throw refused("its targets run different releases: " + String.join(", ", running.entrySet().stream()
                    .map(each -> each.getKey() + " " + each.getValue()).toList()));
        }
        running.values().stream().filter(each -> builds.stream().noneMatch(each::isSameAs)).forEach(builds::add);
        return first;
    }

    private Failure refused(String why) {
        return Failure.refused(from.name(), why).remedy(Remedy.script("deploy", from.name())
                .or(Remedy.advice("name a file of the suite behind --from " + from.name())));
    }

    @Override
    public ReleaseId release() {
        return release;
    }

    @Override
    public List<ReleaseId> builds() {
        return List.copyOf(builds);
    }

    @Override
    public Map<String, String> versions(List<String> packages) {
        var versions = new HashMap<String, String>();
        targets.get(0).read(DebCommands.versions(packages)).lines().map(line -> line.split(" "))
                .filter(word -> word.length == 2).forEach(word -> versions.put(word[0], word[1]));
        return versions;
    }
}
