package dragonfab;

import dragonfab.config.Key;
import dragonfab.ops.DebVersion;
import dragonfab.ops.Site;
import dragonfab.report.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Whether a site on one target is well: by its units, dpkg's word and its own.
 *
 * <p>apt says 0 also where it did nothing, and so do maintainer scripts.
 */
final class Verdict {
    static final Duration SETTLE = Duration.ofSeconds(30);

    private final Run run;
    private final Site site;

    Verdict(Run run, Site site) {
        this.run = run;
        this.site = site;
    }

    /**
     * Asks over a connection of its own, since a change may have shut the door behind us.
     *
     * @param own what the site says of itself
     */
    void demand(Remote remote, Optional<DebVersion> version, Consumer<DebVersion> own) {
        run.anew(remote, fresh -> {
            services(fresh);
            version.ifPresent(expected -> {
                var installed = fresh.ask(site.installedVersion()).text();
                if (!installed.equals(expected.text())) {
                    throw Failure.failed(fresh.name(), "dpkg has " + site.name() + " " + installed + " and not " + expected);
                }
                own.accept(expected);
            });
        });
    }

    /** Says what was seen already. */
    void stillWell(Remote remote) {
        remote.unchanged(title(), "");
    }

    private String title() {
        return "see that the services of " + site.name() + " run";
    }

    /** Waits until all units run; the last words of those that do not are in the failure. */
    void services(Remote remote) {
        var units = run.at(remote).find(Key.SERVICES).orElse(List.of());
        try {
            remote.await(title(), SETTLE, () -> {
                var failing = remote.ask(site.failing(units)).text();
                return failing.isEmpty() ? Optional.empty() : Optional.of(failing.replace("\n", "; "));
            });
        } catch (Failure failure) {
            var failing = remote.ask(site.failing(units)).lines().stream().map(line -> line.split(" ")[0]).toList();
            throw failure.of(null, remote.ask(site.lastWords(failing)).lines());
        }
    }
}
