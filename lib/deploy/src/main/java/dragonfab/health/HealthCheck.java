package dragonfab.health;

import dragonfab.config.Check;
import dragonfab.config.Container;
import dragonfab.config.Environment;
import dragonfab.config.Host;
import dragonfab.config.Key;
import dragonfab.config.WebAddress;
import dragonfab.lxc.Lxc;
import dragonfab.recipe.Run;
import dragonfab.target.Obstacle;
import dragonfab.target.Remote;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What the site answers over HTTP, asked on the target itself or from here. */
public final class HealthCheck {
    private final Run run;
    private final Environment environment;
    private final String version;

    /** @param version what runs, for checks that name it */
    public HealthCheck(Run run, String version) {
        this.run = run;
        this.environment = run.environment();
        this.version = version;
    }

    /** Waits until the health check is right; without one there is nothing to wait for. */
    public void require(Remote remote) {
        run.at(remote).find(Key.HEALTH).ifPresent(health -> await("see that the site is healthy", health, remote,
                Duration.ofSeconds(run.at(remote).get(Key.HEALTH_TIMEOUT))));
    }

    /** What is wrong with the site at this moment; nothing where no check is declared. */
    public Optional<String> problem(Remote remote) {
        return run.at(remote).find(Key.HEALTH).flatMap(check -> new Question(run, check, remote).problem(version))
                .map(Obstacle::text);
    }

    /** One check; a short wait is allowed, since a service may just have started. */
    public void check(Check check, Remote remote) {
        await("check " + check.url(), check, remote, Duration.ofSeconds(5));
    }

    private void await(String title, Check check, Remote remote, Duration deadline) {
        var question = new Question(run, check, remote);
        remote.overcome(title, deadline, () -> question.problem(version));
    }

    /** One check of one target, which can be asked again and again. */
    public static final class Question {
        private final Run run;
        private final Check check;
        private final Remote remote;

        Question(Run run, Check check, Remote remote) {
            this.run = run;
            this.check = check;
            this.remote = remote;
        }

        /** What is wrong now with what should be that version. */
        Optional<Obstacle> problem(String version) {
            var asked = asked(version);
            var answer = (onTarget() ? remote : run.here()).ask(asked.ask());
            return answer.ok() ? asked.problem(answer.out()) : Optional.of(new Obstacle(answer.err().strip(), false));
        }

        boolean onTarget() {
            return check.asksTarget();
        }

        public HttpCheck asked(String version) {
            var base = onTarget() ? run.at(remote).get(Key.URL) : new HealthCheck(run, version).seenFromHere(remote);
            var words = Stream.of(check.url(), check.host(), check.contains(), base).filter(Objects::nonNull);
            return new HttpCheck(check, base, version, words.anyMatch(run.environment()::holdsSecret));
        }
    }

    /** The site's address for a visitor from here, without a slash at its end. */
    public String seenFromHere(Remote remote) {
        return run.at(remote).find(Key.URL).orElseGet(() -> WebAddress.ofHost(address(remote)).toString())
                .replaceAll("/$", "");
    }

    public String address(Remote remote) {
        return environment.targets().stream().filter(target -> target.name().equals(remote.name())).findFirst()
                .map(target -> target instanceof Host host ? host.address()
                        : run.places().holder().read(Lxc.of(((Container) target).name(), environment).address()))
                .orElseThrow();
    }
}
