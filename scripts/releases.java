///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DEPS io.github.dragonfab:dragonfab-deploy:0.1.0
//RUNTIME_OPTIONS -XX:+UseSerialGC -Xms32m -XX:MaxNewSize=32m
//DESCRIPTION Lists the releases that each target has had.

import dragonfab.deploy.ReleaseKinds;
import dragonfab.recipe.EnvironmentScript;
import dragonfab.recipe.Run;
import dragonfab.release.TargetDeploy;
import dragonfab.state.Release;
import dragonfab.state.TargetState;
import java.util.LinkedHashMap;
import picocli.CommandLine.Command;

@Command(name = "releases", description = "Lists the releases that each target has had, the newest last.")
class Releases extends EnvironmentScript {

    public static void main(String... args) {
        System.exit(new Releases().start(args));
    }

    @Override
    protected boolean onlyReads() {
        return true;
    }

    @Override
    protected void steps(Run run) {
        var state = new TargetState(run.environment().application("releases"));
        var kind = ReleaseKinds.of(run.environment());
        for (var remote : run.targets()) {
            var facts = TargetDeploy.facts(remote, kind, state);
            var running = facts.runningRelease().map(Release::run);
            for (var release : facts.journal().releases()) {
                boolean kept = facts.keeps(release.id());
                boolean current = release.isGood() && running.filter(release.run()::equals).isPresent();
                var row = new LinkedHashMap<String, String>();
                row.put("host", remote.name());
                row.put("release", release.version());
                row.put("outcome", release.outcome().text());
                row.put("current", current ? "true" : "");
                row.put("action", release.action());
                row.put("at", remote.time(release.at()));
                row.put("by", release.by());
                row.put("commit", release.id().shortCommit());
                row.put("checksum", release.id().shortChecksum());
                row.put("kept", kept ? "yes" : "no");
                run.report().row("releases", row);
            }
        }
    }
}
