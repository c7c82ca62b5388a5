package dragonfab.release.site;

import dragonfab.config.Key;
import dragonfab.deb.DebPackage;
import dragonfab.deb.PackageBuild;
import dragonfab.recipe.Run;
import dragonfab.release.Candidate;
import dragonfab.release.Place;
import dragonfab.release.ReleaseSource;
import dragonfab.report.Failure;
import dragonfab.report.Remedy;
import dragonfab.state.ReleaseId;
import dragonfab.transfer.Relay;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** One site on its way to all targets of a deploy. */
public final class SiteSource implements ReleaseSource {
    private final Run run;
    private final DebPackage deb;
    private final ReleaseId id;
    private Relay relay;

    private SiteSource(Run run, DebPackage deb) {
        this.run = run;
        this.deb = deb;
        this.id = new ReleaseId(deb.version().text(), deb.commit(), ComingSite.artifacts(deb));
    }

    /** What this run has built, the file that was named, or the newest in package_dir; whole with what it needs. */
    public static SiteSource of(Run run, Optional<Path> file) {
        var name = run.environment().application("site-deploy");
        var deb = run.passed(PackageBuild.CURRENT).or(() -> file.map(DebPackage::of))
                .orElseGet(() -> newest(run, name));
        if (!deb.name().equals(name)) {
            throw Failure.usage(deb.file().toString(), "is " + deb.name() + ", and this environment has " + name);
        }
        for (var each : deb.files()) {
            if (!Files.exists(each)) {
                throw Failure.usage(each.toString(), "is gone, and " + deb + " needs it")
                        .remedy(Remedy.script("site-build", run.environment().name()));
            }
        }
        return new SiteSource(run, deb);
    }

    private static DebPackage newest(Run run, String name) {
        try {
            return DebPackage.newest(run.environment().get(Key.PACKAGE_DIR), name);
        } catch (Failure failure) {
            throw failure.remedy(Remedy.script("site-build", run.environment().name()));
        }
    }

    public DebPackage deb() {
        return deb;
    }

    @Override
    public void begin(int targets) {
        relay = new Relay(run.environment().get(Key.RELAY) ? targets : 0);
    }

    @Override
    public Candidate candidate(Place place) {
        return new ComingSite(place, deb, id, relay);
    }

    @Override
    public void end() {
        relay.close();
    }
}
