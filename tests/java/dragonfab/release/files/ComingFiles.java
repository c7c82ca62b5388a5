package dragonfab.release.files;

import dragonfab.config.Key;
import dragonfab.release.Candidate;
import dragonfab.release.Change;
import dragonfab.release.Place;
import dragonfab.state.ReleaseId;
import dragonfab.transfer.FileSender;
import dragonfab.transfer.Upload;
import java.util.List;
import java.util.Optional;

/** A release that comes into the idle directory of one target. */
final class ComingFiles implements Candidate {
    private final Place place;
    private final TarRelease release;
    private final FilesCommands files;
    private final FilesFacts facts;
    private final Optional<String> there;

    ComingFiles(Place place, TarRelease release) {
        this.place = place;
        this.release = release;
        this.files = new FilesCommands(place.state());
        this.facts = FilesFacts.of(place.facts());
        this.there = facts.folder(release.sha256());
    }

    @Override
    public String title() {
        return "switch to " + place.state().name() + " " + release.version();
    }

    @Override
    public ReleaseId id() {
        return release.id();
    }

    @Override
    public void bring() {
        var remote = place.remote();
        if (there.isPresent()) {
            remote.unchanged("upload " + release, "it is there already");
            return;
        }
        FileSender.put(remote, "upload " + release,
                new Upload(release.file(), release.sha256(), files.incoming(release)));
        // A step: cut off, it goes on to its end, and nobody gets the lock before that.
        place.run().transaction().step(remote, "unpack " + release, files.unpack(release, facts.idle()));
    }

    /** The very release, and it was deployed to its end. */
    @Override
    public boolean runs() {
        return facts.runningSum().equals(Optional.of(release.sha256())) && !place.facts().unfinished()
                && place.facts().journal().current().filter(last -> last.id().isSameAs(id())).isPresent();
    }

    @Override
    public Optional<String> folder() {
        return Optional.of(files.root() + "/" + there.orElse(facts.idle()));
    }

    @Override
    public List<Change> activate() {
        return List.of(Change.detached(title(),
                files.activate(release.sha256(), place.environment().find(Key.SERVICES).orElse(List.of()))));
    }
}
