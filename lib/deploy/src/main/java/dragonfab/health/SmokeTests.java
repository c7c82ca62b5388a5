package dragonfab.health;

import dragonfab.app.Application;
import dragonfab.config.Check;
import dragonfab.config.Environment;
import dragonfab.config.Key;
import dragonfab.recipe.Run;
import dragonfab.report.Failure;
import dragonfab.report.Remedy;
import dragonfab.state.RunningRelease;
import dragonfab.state.TargetState;
import dragonfab.target.Remote;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** All checks and tests that an environment declares; every one is tried, and those that failed are named. */
public final class SmokeTests {
    private final Run run;
    private final Environment environment;
    private final RunningRelease running;
    private final List<String> failed = Collections.synchronizedList(new ArrayList<>());

    private SmokeTests(Run run, RunningRelease running) {
        this.run = run;
        this.running = running;
        this.environment = run.environment();
    }

    /** @param running for checks that name the release */
    public static SmokeTests of(Run run, RunningRelease running) {
        if (!run.environment().anywhere(Key.HEALTH, Key.CHECKS, Key.TESTS)) {
            throw Failure.usage("environments.yml", run.environment() + " has neither health, checks nor tests");
        }
        return new SmokeTests(run, running);
    }

    public void health(Remote remote) {
        trying(() -> health(remote, version(remote)));
    }

    private void health(Remote remote, String version) {
        new HealthCheck(run, version).require(remote);
    }

    public void checks(Remote remote) {
        for (var check : run.at(remote).find(Key.CHECKS).orElse(List.<Check>of())) {
            trying(() -> new HealthCheck(run, version(remote)).check(check, remote));
        }
    }

    /** The application's own tests, which know its database and are not run twice on it. */
    public void own(Remote remote) {
        for (var line : run.at(remote).find(Key.TESTS).orElse(List.of())) {
            trying(() -> remote.run("test: " + line, Application.of(run.at(remote)).command(line), said -> false));
        }
    }

    private String version(Remote remote) {
        return environment.application().map(name -> remote.ask(running.running(new TargetState(name))).text())
                .filter(version -> !version.isEmpty()).orElse("none");
    }

    private void trying(Runnable part) {
        try {
            part.run();
        } catch (Failure failure) {
            failed.add(failure.place() + ": " + failure.getMessage());
            failure.lastWords().forEach(line -> run.report().note(failure.place(), line));
        }
    }

    public void requireSuccess() {
        if (!failed.isEmpty()) {
            var failure = Failure.failed(environment.name(), failed.size() + (failed.size() == 1 ? " check" : " checks")
                    + " failed").listing(failed);
            throw environment.application().isEmpty() ? failure
                    : failure.remedy(Remedy.script("logs", environment.name()));
        }
    }
}
