package dragonfab.doctor;

import dragonfab.config.Container;
import dragonfab.config.Environment;
import dragonfab.config.InstallFrom;
import dragonfab.config.Key;
import dragonfab.config.Target;
import dragonfab.lxc.ContainerState;
import dragonfab.lxc.Lxc;
import dragonfab.recipe.Run;
import dragonfab.report.Remedy;
import dragonfab.repository.AptRepository;
import dragonfab.shell.ShellScript;
import dragonfab.target.ContainerProvisioner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The doctor at the machine of the apt repository that targets pull from: as far as it can be reached, and nothing is
 * started for it.
 */
final class RepositoryExamination {
    /** Of an index that is dated further ahead apt says that it is not valid yet. */
    private static final Duration MOST_SKEW = Duration.ofSeconds(10);

    private final Run run;
    private final Environment environment;
    private final List<Finding> findings = new ArrayList<>();

    RepositoryExamination(Run run) {
        this.run = run;
        this.environment = run.environment();
    }

    /** None where there is none, or where it is on this machine, whose clock agrees with itself. */
    List<Finding> findings() {
        if (environment.get(Key.INSTALL_FROM) == InstallFrom.REPOSITORY) {
            AptRepository.place(environment).ifPresent(place -> Diagnosis.attempt(findings, "repository", place.name(),
                    () -> examine(place)));
        }
        return findings;
    }

    private void examine(Target place) {
        if (!(place instanceof Container container) || runs(container)) {
            var remote = run.places().reached(place);
            var said = ClockExamination.Timed.of(() -> remote.read(ShellScript.of("doctor/clock").asking()));
            findings.add(ClockExamination.of(place.name(), said.answer().strip(), said.here(), MOST_SKEW));
        }
    }

    private boolean runs(Container container) {
        var holder = run.places().holder(container);
        var answer = holder.ask(Lxc.of(container.name(), environment).state());
        var state = ContainerProvisioner.state(holder, answer);
        if (state != ContainerState.RUNNING) {
            findings.add(Finding.warning("repository", container.name(), state == ContainerState.MISSING
                    ? "is not there yet" : "does not run, but is " + answer.text(),
                    Remedy.script("deb-publish", environment.name())));
        }
        return state == ContainerState.RUNNING;
    }
}
