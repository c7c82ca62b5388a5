package dragonfab.release;

import dragonfab.config.Key;
import dragonfab.recipe.Run;
import dragonfab.report.Failure;
import dragonfab.state.TargetState;
import dragonfab.target.Remote;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Whether a site on one target is well: by its units, by what the target says that runs, and by its own word.
 *
 * <p>apt says 0 also where it did nothing, and so do maintainer scripts.
 */
final class ReleaseVerification {
    static final Duration SETTLE = Duration.ofSeconds(30);

    private final Run run;
    private final TargetState state;
    private final ReleaseKind kind;

    ReleaseVerification(Run run, TargetState state, ReleaseKind kind) {
        this.run = run;
        this.state = state;
        this.kind = kind;
    }

    /**
     * Asks over a connection of its own, since a change may have shut the door behind us.
     *
     * @param own what the site says of itself
     */
    void require(Remote remote, Optional<String> version, Consumer<String> own) {
        run.freshConnection(remote, fresh -> {
            services(fresh);
            version.ifPresent(expected -> {
                var running = fresh.ask(kind.running(state)).text();
                if (!running.equals(expected)) {
                    throw Failure.failed(fresh.name(), kind.witness() + " has " + (running.isEmpty() ? "no whole " : "")
                            + state.name() + (running.isEmpty() ? "" : " " + running) + " and not " + expected);
                }
                own.accept(expected);
            });
        });
    }

    /** Says what was seen already. */
    void stillHealthy(Remote remote) {
        remote.unchanged(title(), "");
    }

    private String title() {
        return "see that the services of " + state.name() + " run";
    }

    /** Waits until all units run; the last words of those that do not are in the failure. */
    void services(Remote remote) {
        var units = run.at(remote).find(Key.SERVICES).orElse(List.of());
        try {
            remote.await(title(), SETTLE, () -> {
                var failing = remote.ask(kind.failing(state, units)).text();
                return failing.isEmpty() ? Optional.empty() : Optional.of(failing.replace("\n", "; "));
            });
        } catch (Failure failure) {
            var failing = remote.ask(kind.failing(state, units)).lines().stream().map(line -> line.split(" ")[0])
                    .toList();
            throw failure.of(null, remote.ask(state.lastWords(failing)).lines());
        }
    }
}
