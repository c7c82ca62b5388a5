package dragonfab.ops;

import java.time.Instant;
import java.util.List;

/**
 * One deploy as the journal has it.
 *
 * @param action  deploy or rollback
 * @param files   the packages that it installed, first the one that gives the release its name
 * @param outcome done, failed, left (a rollback went away from it), or unfinished
 */
public record Release(String id, Instant at, String action, DebVersion version, String commit, List<String> files,
        List<String> checksums, String by, String outcome) {

    public Release {
        files = List.copyOf(files);
        checksums = List.copyOf(checksums);
    }

    public boolean good() {
        return outcome.equals("done");
    }

    /** No longer good when a rollback went away from that version. */
    Release unless(String left) {
        return good() && version.text().equals(left) ? with("left") : this;
    }

    Release with(String outcome) {
        return new Release(id, at, action, version, commit, files, checksums, by, outcome);
    }
}
