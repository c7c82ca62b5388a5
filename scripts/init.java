///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DEPS io.github.dragonfab:dragonfab-deploy:0.1.0
//RUNTIME_OPTIONS -XX:+UseSerialGC -Xms32m -XX:MaxNewSize=32m
//DESCRIPTION Prepares what an environment needs: this machine, or the hosts.

import dragonfab.config.Container;
import dragonfab.config.Key;
import dragonfab.provision.Provisioner;
import dragonfab.recipe.EnvironmentScript;
import dragonfab.recipe.Run;
import picocli.CommandLine.Command;

@Command(name = "init", description = {"Prepares what an environment needs; safe to repeat.",
    "With lxc: LXC, the bridge and the template on the machine that holds the container.",
    "On the targets: packages, and the database with its owner."})
class Init extends EnvironmentScript {

    public static void main(String... args) {
        System.exit(new Init().start(args));
    }

    @Override
    protected void steps(Run run) {
        var environment = run.environment();
        if (environment.targets().stream().anyMatch(Container.class::isInstance)) {
            Provisioner.ofContainers(run.places().holder(), environment);
        }
        if (environment.has(Key.LXC) && environment.get(Key.TRUST_LOCAL_CA)) {
            run.each(Provisioner::ofTrust);
        }
        run.each(remote -> Provisioner.ofTarget(remote, run.at(remote)));
        if (environment.has(Key.DB_NAME)) {
            Provisioner.ofDatabase(run.database(), environment);
        }
    }
}
