///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DEPS io.github.dragonfab:dragonfab-lib:0.1.0
//RUNTIME_OPTIONS -XX:+UseSerialGC -Xms32m -XX:MaxNewSize=32m
//DESCRIPTION Lists the releases that each target has had.

import dragonfab.EnvironmentScript;
import dragonfab.Installation;
import dragonfab.Run;
import dragonfab.config.Key;
import java.util.LinkedHashMap;
import picocli.CommandLine.Command;

@Command(name = "releases", description = "Lists the releases that each target has had, the newest last.")
class Releases extends EnvironmentScript {

    public static void main(String... args) {
        System.exit(new Releases().start(args));
    }

    @Override
    protected void steps(Run run) {
        var name = run.environment().require(Key.PACKAGE_NAME, "releases");
        for (var remote : run.targets()) {
            var facts = Installation.facts(remote, name);
            for (var release : facts.journal().releases()) {
                boolean kept = release.files().stream().allMatch(facts.kept()::containsKey);
                boolean runs = release.good() && facts.runs(release.version());
                var row = new LinkedHashMap<String, String>();
                row.put("host", remote.name());
                row.put("release", release.version().text());
                row.put("outcome", runs ? "runs" : release.outcome());
                row.put("action", release.action());
                row.put("at", release.at().toString());
                row.put("by", release.by());
                row.put("commit", release.commit().substring(0, Math.min(8, release.commit().length())));
                row.put("kept", kept ? "yes" : "no");
                run.report().row("releases", row);
            }
        }
    }
}
