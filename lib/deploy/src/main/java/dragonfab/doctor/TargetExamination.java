package dragonfab.doctor;

import dragonfab.config.Container;
import dragonfab.config.Environment;
import dragonfab.config.Key;
import dragonfab.config.Target;
import dragonfab.config.WebServer;
import dragonfab.lxc.ContainerState;
import dragonfab.lxc.Lxc;
import dragonfab.recipe.Run;
import dragonfab.report.Failure;
import dragonfab.report.Remedy;
import dragonfab.shell.Command;
import dragonfab.shell.ConnectionLost;
import dragonfab.target.Remote;
import dragonfab.web.Maintenance;
import dragonfab.web.MaintenanceFacts;
import dragonfab.target.ContainerProvisioner;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The doctor at one target: as far as it can be reached, and nothing is started for it. */
final class TargetExamination {
    private final Run run;
    private final Environment environment;
    private final Target target;
    private final List<Finding> findings = new ArrayList<>();

    TargetExamination(Run run, Target target) {
        this.run = run;
        this.environment = run.environment().at(target.name());
        this.target = target;
    }

    List<Finding> findings() {
        check("connection", () -> {
            if (!(target instanceof Container container) || runs(container)) {
                examine(run.places().reached(target));
            }
        });
        return findings;
    }

    private void check(String name, Runnable work) {
        Diagnosis.attempt(findings, name, target.name(), work);
    }

    private boolean runs(Container container) {
        var answer = run.places().holder().ask(Lxc.of(container.name(), environment).state());
        var state = ContainerProvisioner.state(run.places().holder(), answer);
        findings.add(switch (state) {
            case MISSING -> Finding.warning("container", target.name(), "is not there yet",
                    Remedy.script("lxc", environment.name(), "create"));
            case FROZEN -> Finding.problem("container", target.name(), "is frozen",
                    Remedy.program("sudo", "lxc-unfreeze", "-n", container.name()));
            case RUNNING -> Finding.ok("container", target.name(), "runs");
            default -> Finding.warning("container", target.name(), "is " + answer.text().toLowerCase(Locale.ROOT),
                    Remedy.script("lxc", environment.name(), "start"));
        });
        return state == ContainerState.RUNNING;
    }

    private void examine(Remote remote) {
        var login = remote.read(Command.of("id", "-un"));
        if (!(target instanceof Container)) {
            findings.add(Finding.ok("connection", target.name(), "host key known, logged in as " + login));
        }
        if (!remote.greeting().isEmpty()) {
            findings.add(Finding.warning("login shell", target.name(), "says \"" + remote.greeting()
                    + "\" before every command; it is left out", "look into .bashrc and the like of " + login));
        }
        boolean root = isRoot(remote, login);
        check("system", () -> system(remote, root));
        if (root && environment.get(Key.WEB_SERVER) != WebServer.NONE && environment.application().isPresent()) {
            check("web server", () -> webServer(remote));
        }
    }

    private boolean isRoot(Remote remote, String login) {
        try {
            var answer = remote.ask(Command.of("true").asRoot());
            var words = answer.err().strip().replace("\n", "; ");
            findings.add(answer.ok() ? Finding.ok("root", target.name(), "without a question")
                    : Finding.problem("root", target.name(), "sudo is not there, refuses, or asks for a password"
                            + (words.isEmpty() ? "" : ": " + words),
                            words.contains("must have a tty")
                                    ? "take requiretty out of /etc/sudoers for " + login
                                    : "let " + login + " run sudo without a password, or set sudo_password"));
            return answer.ok();
        } catch (ConnectionLost lost) {
            throw lost;
        } catch (Failure refusal) {
            findings.add(Finding.problem("root", target.name(), refusal.getMessage(), refusal.remedy()));
            return false;
        }
    }

    private void system(Remote remote, boolean root) {
        var questions = TargetFindings.questions(environment.get(Key.PACKAGE_NAME));
        var said = ClockExamination.Timed.of(() -> remote.read(root ? questions.asRoot() : questions));
        boolean elsewhere = environment.has(Key.SERVICES) || !environment.get(Key.COMPANIONS).isEmpty();
        var heard = said.answer().lines().filter(line -> !elsewhere || !line.equals("starts nothing")).toList();
        findings.addAll(new TargetFindings(target.name(), heard).findings(said.here()));
    }

    private void webServer(Remote remote) {
        var maintenance = Maintenance.of(environment);
        var facts = MaintenanceFacts.of(remote.read(maintenance.facts()).lines().toList());
        findings.add(webServer(maintenance, facts));
    }

    private Finding webServer(Maintenance maintenance, MaintenanceFacts facts) {
        var name = maintenance.serverName();
        if (!facts.broken().isEmpty()) {
            return Finding.problem("web server", target.name(), name + " refuses its configuration: "
                    + facts.broken().get(0), "mend what it names");
        }
        var open = facts.open(maintenance.staysOpen());
        if (!open.isEmpty()) {
            return Finding.problem("web server", target.name(), name + " would let visitors through in maintenance: "
                    + open.stream().map(MaintenanceFacts.Served::place).collect(Collectors.joining(", ")),
                    "put this line first into each " + maintenance.block() + " of these: " + maintenance.line());
        }
        if (facts.included()) {
            return Finding.ok("web server", target.name(), name + ", and the site can be put into maintenance");
        }
        if (facts.nothingThere(maintenance.host())) {
            return Finding.warning("web server", target.name(), (facts.server() ? name + " serves no site yet"
                    : name + " is not installed yet"), (Remedy) null);
        }
        return Finding.problem("web server", target.name(), "the site cannot be put into maintenance",
                "put this line first into the site's " + maintenance.block() + ": " + maintenance.line());
    }
}
