package dragonfab.doctor;

import dragonfab.config.Container;
import dragonfab.config.Environment;
import dragonfab.config.Host;
import dragonfab.config.Key;
import dragonfab.lxc.ContainerState;
import dragonfab.lxc.Lxc;
import dragonfab.recipe.Run;
import dragonfab.report.Failure;
import dragonfab.report.Remedy;
import dragonfab.shell.Command;
import dragonfab.target.ContainerProvisioner;
import java.util.ArrayList;
import java.util.List;

/**
 * The doctor's checks: this machine, the file, every target, and where they pull from.
 *
 * <p>A check that fails is a finding, and the next follows.
 */
public final class Diagnosis {
    private final Run run;
    private final Environment environment;
    private final List<Finding> findings = new ArrayList<>();

    private Diagnosis(Run run, Environment environment) {
        this.run = run;
        this.environment = environment;
    }

    /** @param named whether the person named an environment */
    public static List<Finding> of(Run run, boolean named) {
        var file = file(run);
        boolean good = file.stream().noneMatch(Finding::bad);
        var diagnosis = new Diagnosis(run, named && good ? run.environment() : null);
        diagnosis.findings.add(LocalFindings.java(Runtime.version()));
        if (!named || good) {
            diagnosis.here();
        }
        diagnosis.findings.addAll(file);
        if (diagnosis.environment != null) {
            diagnosis.targets();
            diagnosis.findings.addAll(new RepositoryExamination(run).findings());
        }
        return diagnosis.findings;
    }

    private static List<Finding> file(Run run) {
        try {
            var warnings = run.environments().warnings();
            var text = "valid, with " + String.join(", ", run.environments().names());
            return List.of(warnings.isEmpty() ? Finding.ok("file", "environments.yml", text)
                    : Finding.warning("file", "environments.yml", String.join("; ", warnings), (Remedy) null));
        } catch (Failure failure) {
            var lines = failure.tail().isEmpty() ? List.of(failure.getMessage()) : failure.tail();
            return lines.stream().map(line -> Finding.problem("file", "environments.yml", line, failure.remedy()))
                    .toList();
        }
    }

    private void here() {
        attempt(findings, "tools", "local", () -> {
            var local = new LocalFindings(run.here().ask(LocalFindings.questions()).lines());
            findings.addAll(local.findings(environment != null && environment.targets().stream()
                    .anyMatch(target -> target instanceof Host)));
            boolean needed = environment != null && environment.targets().stream()
                    .anyMatch(target -> target instanceof Container container && container.on() == null);
            findings.add(local.containers(needed, environment == null ? null : environment.name()));
            if (local.lxc()) {
                root(needed);
            }
        });
    }

    private void root(boolean needed) {
        if (!run.here().succeeds(Command.of("true").asRoot())) {
            var text = "sudo asks for a password, and LXC needs root";
            var remedy = "let yourself run sudo without a password, or set sudo_password";
            findings.add(needed ? Finding.problem("root", "local", text, remedy)
                    : Finding.warning("root", "local", text, remedy));
            return;
        }
        findings.add(Finding.ok("root", "local", "without a question"));
        if (environment != null) {
            template(needed);
        }
    }

    private void template(boolean needed) {
        var name = environment.get(Key.LXC_TEMPLATE);
        var answer = run.here().ask(Lxc.of(name, environment).state());
        var init = Remedy.script("init", environment.name());
        findings.add(switch (ContainerProvisioner.state(run.here(), answer)) {
            case STOPPED -> Finding.ok("template", "local", name + " is there");
            case MISSING -> needed ? Finding.problem("template", "local", "there is no container " + name, init)
                    : Finding.warning("template", "local", "there is no container " + name + " to build in", init);
            default -> Finding.problem("template", "local", name + " is " + answer.text() + ", and cannot be cloned",
                    Remedy.program("sudo", "lxc-stop", "-n", name));
        });
    }

    private void targets() {
        if (environment.targets().isEmpty()) {
            findings.add(Finding.warning("targets", "environments.yml", environment.name() + " has none",
                    "name hosts or lxc"));
            return;
        }
        run.all(run.allTargets().wanted(), target -> new TargetExamination(run, target).findings())
                .forEach(findings::addAll);
    }

    /** Runs a check whose failure is a finding too. */
    static void attempt(List<Finding> findings, String check, String place, Runnable work) {
        try {
            work.run();
        } catch (Failure failure) {
            findings.add(Finding.problem(check, place, failure.getMessage(), failure.remedy()));
        }
    }
}
