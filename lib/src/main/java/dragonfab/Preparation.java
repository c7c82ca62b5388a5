package dragonfab;

import dragonfab.config.Environment;
import dragonfab.config.Key;
import dragonfab.ops.Database;
import dragonfab.ops.Lxc;
import dragonfab.ops.Machine;
import dragonfab.report.Failure;
import dragonfab.shell.Command;

/** What has to be there before the first deploy; each part looks first and says what it changed. */
public final class Preparation {

    private Preparation() {
    }

    /** LXC, its bridge and the template, on the machine that holds containers. */
    public static void ofContainers(Remote holder, Environment environment) {
        demandRoot(holder);
        holder.run("prepare for containers", Lxc.prepare(), said -> !said.isBlank());
        var name = environment.get(Key.LXC_TEMPLATE);
        holder.run("have the container " + name + " to clone",
                Lxc.of(name, environment).buildTemplate(environment.get(Key.LXC_SUITE), environment.get(Key.LXC_MIRROR)),
                said -> said.startsWith("built"));
    }

    /** The packages that the environment names, and those that our own questions need. */
    public static void ofTarget(Remote remote, Environment environment) {
        demandRoot(remote);
        remote.run("have the packages of " + environment.name(), Machine.prepare(environment.get(Key.PACKAGES)),
                said -> !said.isBlank());
    }

    /** The database and its owner. */
    public static void ofDatabase(Remote remote, Environment environment) {
        var database = Database.of(environment);
        var facts = remote.ask(database.facts());
        if (!facts.ok() && remote.dry()) {
            throw new Planned("there is no database server on " + remote.name() + " yet");
        }
        if (!facts.ok()) {
            throw Failure.failed(remote.name(), "the database server does not let " + database.dba() + " in")
                    .of(database.facts().brief(), facts.err().lines().toList())
                    .remedy("name its package under packages:, or make dba a user who may create databases");
        }
        var title = "have the database " + database.name() + " of " + database.user();
        if (database.complete(facts.lines())) {
            remote.unchanged(title, "it is there");
        } else {
            remote.run(title, database.make(facts.lines()));
        }
    }

    private static void demandRoot(Remote remote) {
        var answer = remote.ask(Command.of("id", "-u").asRoot());
        if (!answer.ok()) {
            throw Failure.failed(remote.name(), "cannot become root there").of("sudo", answer.err().lines().toList())
                    .remedy("let the login user run sudo without a password, or set sudo_password");
        }
    }
}
