package dragonfab.release.site;

import dragonfab.config.Key;
import dragonfab.config.PythonApp;
import dragonfab.deb.DebPackage;
import dragonfab.files.Checksum;
import dragonfab.release.AptGuard;
import dragonfab.release.Candidate;
import dragonfab.release.Change;
import dragonfab.release.Place;
import dragonfab.report.Failure;
import dragonfab.report.Remedy;
import dragonfab.state.Artifact;
import dragonfab.state.ReleaseId;
import dragonfab.transfer.FileSender;
import dragonfab.transfer.Relay;
import dragonfab.transfer.Upload;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A site that is installed on one target beside what serves there, and then serves. */
final class ComingSite implements Candidate {
    private final Place place;
    private final DebPackage deb;
    private final ReleaseId id;
    private final Relay relay;
    private final SiteCommands commands;
    private final Map<String, String> variables;
    private final String mark;

    ComingSite(Place place, DebPackage deb, ReleaseId id, Relay relay) {
        this.place = place;
        this.deb = deb;
        this.id = id;
        this.relay = relay;
        this.commands = new SiteCommands(place.state());
        this.variables = SiteDatabase.variables(place.environment());
        this.mark = Checksum.of(variables.toString()).substring(0, 16);
    }

    @Override
    public String title() {
        return "switch to " + deb;
    }

    @Override
    public ReleaseId id() {
        return id;
    }

    @Override
    public void bring() {
        var remote = place.remote();
        try {
            requireFits();
            if (place.facts().keeps(id)) {
                remote.unchanged("install " + deb + " beside what serves", "it is there already");
                deb.files().forEach(file -> relay.has(remote, upload(file)));
            } else {
                AptGuard.requireSane(place);
                var coming = coming();
                send(coming);
                // A step: cut off, it goes on to its end, and nobody gets the lock before that.
                place.run().transaction().step(remote, "install " + deb + " beside what serves",
                        commands.install(id, place.environment(), coming.stream().map(this::artifact).toList()));
            }
        } finally {
            relay.done();
        }
        // What serves gets others only when its rollback is armed.
        if (place.facts().runs(id)) {
            return;
        }
        remote.run(variablesTitle(), commands.variables(id.version(), variables, mark));
        remote.run("see that " + id.version() + " can be loaded", commands.preflight(id.version(), app()),
                said -> false);
    }

    private PythonApp app() {
        return place.environment().require(Key.APP, "site-deploy");
    }

    private void requireFits() {
        var there = place.facts().said();
        var architecture = there.filled("architecture").orElse("");
        deb.built().misfit(place.environment(), there.filled("suite").orElse("")).ifPresent(why -> {
            throw Failure.refused(place.remote().name(), deb + " " + why)
                    .remedy(Remedy.script("site-build", place.environment().name()));
        });
        if (!deb.built().architecture().equals(architecture)) {
            throw Failure.refused(place.remote().name(), deb + " was built for " + deb.built().architecture()
                    + ", and this machine is " + architecture);
        }
    }

    /** An environment and sources that another release has are there; the site is always a package of its own. */
    private List<Path> coming() {
        return deb.files().stream().filter(file -> file.equals(deb.file()) || !place.facts().keeps(artifact(file)))
                .toList();
    }

    private Artifact artifact(Path file) {
        return id.artifacts().get(deb.files().indexOf(file));
    }

    private Upload upload(Path file) {
        return new Upload(file, artifact(file).sha256(), commands.incoming(artifact(file)));
    }

    private void send(List<Path> files) {
        try {
            files.forEach(this::send);
        } catch (Failure failure) {
            throw AptGuard.lackOfRoom(place, failure);
        }
    }

    private void send(Path file) {
        var title = "upload " + file.getFileName();
        relay.bring(place.remote(), upload(file), neighbour -> FileSender.put(place.remote(), title, upload(file),
                neighbour.stream().toList()));
    }

    @Override
    public boolean runs() {
        return place.facts().runsAsDeployed(id) && place.facts().said().filled("app-env").equals(Optional.of(mark));
    }

    @Override
    public Optional<String> folder() {
        return Optional.of(commands.site().release(id.version()));
    }

    @Override
    public List<Change> activate() {
        var serve = Change.detached(title(), SiteKind.serve(place, id.version()));
        return !place.facts().runs(id) ? List.of(serve)
                : List.of(Change.attached(variablesTitle(), commands.variables(id.version(), variables, mark)), serve,
                        Change.detached("restart " + deb, commands.restart()));
    }

    private String variablesTitle() {
        return "give " + id.version() + " its variables";
    }

    static List<Artifact> artifacts(DebPackage deb) {
        var checksums = deb.checksums();
        var artifacts = new ArrayList<Artifact>();
        for (int i = 0; i < checksums.size(); i++) {
            artifacts.add(new Artifact(deb.names().get(i), checksums.get(i)));
        }
        return artifacts;
    }
}
