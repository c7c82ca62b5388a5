///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DEPS io.github.dragonfab:dragonfab-lib:0.1.0
//RUNTIME_OPTIONS -XX:+UseSerialGC
//DESCRIPTION Shows what runs on each target, and whether it is well.

import dragonfab.EnvironmentScript;
import dragonfab.Installation;
import dragonfab.Run;
import dragonfab.SiteHealth;
import dragonfab.config.Key;
import dragonfab.ops.DebVersion;
import dragonfab.ops.Site;
import java.util.LinkedHashMap;
import java.util.List;
import picocli.CommandLine.Command;

@Command(name = "status", description = "Shows what runs on each target, and whether it is well.")
class Status extends EnvironmentScript {

    public static void main(String... args) {
        System.exit(new Status().start(args));
    }

    @Override
    protected void steps(Run run) {
        var name = run.environment().require(Key.PACKAGE_NAME, "status");
        for (var remote : run.targets()) {
            var facts = Installation.on(remote, run.environment(), name).facts();
            var installed = facts.installed().map(DebVersion::text).orElse("none");
            var journal = facts.journal().current().map(release -> release.version().text()).orElse("none");
            var failing = remote.ask(new Site(name).failing(run.environment().find(Key.SERVICES)
                    .orElse(List.of()))).text();
            var row = new LinkedHashMap<String, String>();
            row.put("host", remote.name());
            row.put("release", installed);
            row.put("journal", journal.equals(installed) ? "agrees" : "says " + journal);
            row.put("services", installed.equals("none") ? "" : failing.isEmpty() ? "run"
                    : failing.replace("\n", "; "));
            row.put("url", new SiteHealth(run, new DebVersion(installed)).seenFromHere(remote) + "/");
            row.put("packages", facts.unfinished() ? "unfinished: dpkg was interrupted" : "in order");
            run.report().row("status", row);
        }
    }
}
