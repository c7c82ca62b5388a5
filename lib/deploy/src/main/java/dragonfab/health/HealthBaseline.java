package dragonfab.health;

import dragonfab.config.Key;
import dragonfab.recipe.Run;
import dragonfab.report.Failure;
import dragonfab.report.Remedy;
import dragonfab.target.Obstacle;
import dragonfab.target.Remote;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The health check of one target, on the target itself and from here, compared with both before the change: a check
 * that failed then proves nothing later.
 */
public final class HealthBaseline {
    private static final String TITLE = "see that the site is healthy";

    /** One check and how it ended before the change. */
    private static final class Probe {
        private final HealthCheck.Question question;
        private final boolean wasHealthy;
        /** Whether any of several targets may answer, as behind a load balancer. */
        private final boolean shared;

        private Probe(HealthCheck.Question question, boolean wasHealthy, boolean shared) {
            this.question = question;
            this.wasHealthy = wasHealthy;
            this.shared = shared;
        }
    }

    private final Run run;
    private final Remote remote;
    private final Duration patience;
    private final List<Probe> probes;

    private HealthBaseline(Run run, Remote remote, List<Probe> probes) {
        this.run = run;
        this.remote = remote;
        this.patience = Duration.ofSeconds(run.at(remote).get(Key.HEALTH_TIMEOUT));
        this.probes = probes;
    }

    /** @param before what runs; without it, only the place that the check names is believed */
    public static HealthBaseline before(Run run, Remote remote, Optional<String> before) {
        var probes = HealthQuestion.of(run.environment(), remote.name()).stream().map(each -> {
            var question = new HealthCheck.Question(run, each.check(), remote);
            return new Probe(question, before.map(version -> question.problem(version).isEmpty())
                    .orElse(each.meant()), each.shared());
        }).toList();
        return new HealthBaseline(run, remote, probes);
    }

    /** Whether a health check is declared that the target can ask of itself, and that is believed, or none at all. */
    public boolean knownOnTarget() {
        return probes.isEmpty() || onTarget().isPresent();
    }

    /** What the target can ask of itself; nothing where that failed before. */
    public Optional<HealthCheck.Question> onTarget() {
        return probes.stream().filter(probe -> probe.wasHealthy).map(probe -> probe.question)
                .filter(HealthCheck.Question::onTarget).findFirst();
    }

    /**
     * Waits until every check that was good before is good again.
     *
     * @param alike whether all targets should have that release, so that it does not matter which of them answers
     * @throws Failure when one is not: the site is not healthy
     */
    public void require(String version, boolean alike) {
        var probes = this.probes.stream().filter(probe -> alike || !probe.shared).toList();
        if (probes.isEmpty()) {
            return;
        }
        var believed = probes.stream().filter(probe -> probe.wasHealthy).toList();
        if (believed.isEmpty()) {
            tryAll(probes, version);
            return;
        }
        try {
            remote.overcome(TITLE, patience, () -> believed.stream().map(probe -> probe.question.problem(version))
                    .flatMap(Optional::stream).findFirst());
        } catch (Failure failure) {
            // What a site answers seldom says why; the journal has it, also of a release that went again.
            throw failure.remedy(Remedy.script("logs", run.environment().name(), "--host", remote.name()));
        }
    }

    /** None was good before, so a good one says that the site is mended, and a bad one nothing new. */
    private void tryAll(List<Probe> probes, String version) {
        var end = System.nanoTime() + patience.toNanos();
        var last = new AtomicReference<Optional<Obstacle>>();
        remote.await(TITLE, patience.multipliedBy(2), () -> {
            var problems = probes.stream().map(probe -> probe.question.problem(version)).toList();
            last.set(problems.stream().anyMatch(Optional::isEmpty) ? Optional.empty() : problems.get(0));
            return System.nanoTime() < end ? last.get().map(Obstacle::text) : Optional.empty();
        });
        last.get().ifPresent(problem -> remote.warn("whether the site is healthy is unknown: " + problem.text()
                + ", and before the change it was not healthy either"));
    }
}
