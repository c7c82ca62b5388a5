package dragonfab.release.deb;

import dragonfab.config.Key;
import dragonfab.deb.DebPackage;
import dragonfab.deb.Debconf;
import dragonfab.recipe.Run;
import dragonfab.release.Candidate;
import dragonfab.release.Place;
import dragonfab.release.ReleaseSource;
import dragonfab.transfer.Relay;
import java.util.List;
import java.util.Map;

/** One package on its way to all targets of a deploy, each for its architecture and with its debconf answers. */
public final class PackageSource implements ReleaseSource {
    private final Run run;
    private final List<PackageDelivery> deliveries;
    private final Map<String, List<Debconf.Answer>> answers;
    private Relay relay;

    private PackageSource(Run run, List<PackageDelivery> deliveries, Map<String, List<Debconf.Answer>> answers) {
        this.run = run;
        this.deliveries = deliveries;
        this.answers = answers;
    }

    /** By the way that the environment wants; what its repository does not have is refused. */
    public static PackageSource of(Run run, DebPackage deb) {
        return new PackageSource(run, PackageDelivery.of(run, deb), PackageChoice.answers(run));
    }

    @Override
    public void begin(int targets) {
        relay = new Relay(run.environment().get(Key.RELAY) ? targets : 0);
    }

    @Override
    public Candidate candidate(Place place) {
        // Where none is for that machine, the first one says so.
        var delivery = deliveries.stream().filter(each -> each.isFor(place)).findFirst().orElse(deliveries.get(0));
        return new ComingPackage(place, delivery, answers.get(place.remote().name()), relay);
    }

    @Override
    public void end() {
        relay.close();
    }
}
