package dragonfab.release.files;

import dragonfab.deploy.ReleaseKinds;
import dragonfab.release.ReleaseKind;

/** Brings the kind "files", as the jar of a project would bring its own. */
public final class FilesProvider implements ReleaseKinds.Provider {

    @Override
    public String name() {
        return "files";
    }

    @Override
    public ReleaseKind kind() {
        return new FilesKind();
    }
}
