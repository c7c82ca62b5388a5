package dragonfab.release.deb;

import dragonfab.config.Key;
import dragonfab.deb.Debconf;
import dragonfab.release.AptGuard;
import dragonfab.release.Candidate;
import dragonfab.release.Change;
import dragonfab.release.Place;
import dragonfab.report.Failure;
import dragonfab.repository.AptSource;
import dragonfab.state.ReleaseId;
import dragonfab.transfer.Relay;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A package that is to be installed on one target, with that target's debconf answers. */
final class ComingPackage implements Candidate {
    private final Place place;
    private final PackageDelivery delivery;
    private final List<Debconf.Answer> answers;
    private final Relay relay;
    private final DebCommands deb;
    private boolean startsNothing;
    private Optional<AptSource> source = Optional.empty();

    ComingPackage(Place place, PackageDelivery delivery, List<Debconf.Answer> answers, Relay relay) {
        this.place = place;
        this.delivery = delivery;
        this.answers = answers;
        this.relay = relay;
        this.deb = new DebCommands(place.state());
    }

    @Override
    public String title() {
        return "install " + delivery.deb();
    }

    @Override
    public ReleaseId id() {
        return delivery.id();
    }

    @Override
    public void bring() {
        try {
            if (!runs()) {
                AptGuard.requireSane(place);
            }
            delivery.requireFits(place);
            source = delivery.source(place).filter(each -> !each.known());
            shareSource();
            delivery.send(place, relay);
        } catch (Failure failure) {
            throw AptGuard.lackOfRoom(place, failure);
        } finally {
            relay.done();
        }
        startsNothing = runs() || isInstalled() ? place.facts().startsNothing()
                : !InstallGuard.requireReady(place, "coming", id());
    }

    @Override
    public boolean startsNothing() {
        return startsNothing && place.environment().get(Key.COMPANIONS).isEmpty();
    }

    /** A key is changed also where nothing else is; and what apt cannot read for two of ours is mended at once. */
    private void shareSource() {
        if (runs()) {
            delivery.forgetSource(place).ifPresent(each -> place.remote().run(each.title(), each.command()));
        }
        source.filter(each -> runs() || each.broken())
                .ifPresent(each -> place.remote().run(each.title(), each.share()));
        source = source.filter(each -> !runs() && !each.broken());
    }

    /** The very package, whatever debconf was told. */
    private boolean isInstalled() {
        return place.facts().runsAsDeployed(id()) && delivery.arrived(place.facts());
    }

    @Override
    public boolean runs() {
        return isInstalled() && (answers.isEmpty()
                || Debconf.mark(answers).equals(DebFacts.of(place.facts()).answers()));
    }

    @Override
    public List<Change> activate() {
        var steps = new ArrayList<Change>();
        source.ifPresent(each -> steps.add(Change.attached(each.title(), each.share())));
        delivery.forgetSource(place).ifPresent(steps::add);
        if (!answers.isEmpty()) {
            steps.add(Change.attached("answer " + answers.size() + " debconf questions", deb.answer(id(), answers)));
        }
        steps.add(isInstalled() ? Change.detached("reconfigure " + delivery.deb().name(), deb.reconfigure())
                : Change.detached(title(), deb.install(id(), place.facts(), place.environment())));
        if (!answers.isEmpty()) {
            steps.add(Change.attached("take the passwords out of debconf", deb.forgetPasswords(id(), answers)));
        }
        return steps;
    }
}
