package dragonfab.provision;

import dragonfab.config.Environment;
import dragonfab.config.Key;
import dragonfab.database.Database;
import dragonfab.lxc.Lxc;
import dragonfab.report.Failure;
import dragonfab.report.LongList;
import dragonfab.shell.Command;
import dragonfab.target.DryRunStop;
import dragonfab.target.LocalCertificates;
import dragonfab.target.Remote;
import java.util.List;

/** What has to be there before the first deploy; each part looks first and says what it changed. */
public final class Provisioner {

    private Provisioner() {
    }

    /** LXC, its bridge and the template, on the machine that holds containers. */
    public static void ofContainers(Remote holder, Environment environment) {
        requireRoot(holder);
        holder.run("prepare for containers", Lxc.prepare(), said -> !said.isBlank());
        var name = environment.get(Key.LXC_TEMPLATE);
        holder.run("have the container " + name + " to clone",
                Lxc.of(name, environment)
                        .buildTemplate(environment.get(Key.LXC_SUITE),
                                environment.find(Key.LXC_MIRROR).orElse(List.of())),
                said -> said.startsWith("built"));
    }

    /** What this machine trusts and a container does not know; a company's proxy, say. */
    public static void ofTrust(Remote container) {
        container.run("trust the certificate authorities of this machine", LocalCertificates.ofThisMachine().trust(),
                said -> !said.isBlank());
    }

    /** The packages that the environment names, and those that our own questions need. */
    public static void ofTarget(Remote remote, Environment environment) {
        requireRoot(remote);
        remote.run("have the packages of " + environment.name(), TargetPackages.prepare(environment.get(Key.PACKAGES)),
                said -> !said.isBlank());
    }

    /** The database and its owner. */
    public static void ofDatabase(Remote remote, Environment environment) {
        var database = Database.of(environment);
        var facts = remote.ask(database.facts());
        if (!facts.ok() && remote.dry()) {
            throw new DryRunStop("there is no database server on " + remote.name() + " yet");
        }
        if (!facts.ok()) {
            throw Failure.failed(remote.name(), "the database server does not let " + database.dba() + " in")
                    .of(database.facts().brief(), facts.err().lines().toList())
                    .remedy("name its package under packages:, or make dba a user who may create databases");
        }
        var obstacles = database.obstacles(facts.lines());
        if (!obstacles.isEmpty()) {
            throw Failure.refused(remote.name(), "the database cannot be made: " + LongList.of(obstacles, "; "));
        }
        var title = "have the database " + database.name() + " of " + database.user();
        if (database.complete(facts.lines())) {
            remote.unchanged(title, "it is there");
        } else {
            remote.run(title, database.make(facts.lines()));
        }
    }

    private static void requireRoot(Remote remote) {
        var answer = remote.ask(Command.of("id", "-u").asRoot());
        if (!answer.ok()) {
            throw Failure.failed(remote.name(), "cannot become root there").of("sudo", answer.err().lines().toList())
                    .remedy("let the login user run sudo without a password, or set sudo_password");
        }
    }
}
