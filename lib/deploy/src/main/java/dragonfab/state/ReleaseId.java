package dragonfab.state;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Which release one is: two of the same version may be two releases, with other bytes.
 *
 * @param version   a text; which of two is newer is for its kind to say
 * @param commit    or ""
 * @param artifacts first the one that gives the release its name
 */
public record ReleaseId(String version, String commit, List<Artifact> artifacts) {
    private static final Pattern START = Pattern.compile("[0-9a-fA-F]{4,64}");

    public ReleaseId {
        artifacts = List.copyOf(artifacts);
    }

    /** @param checksums of the files, in their order; what has none is known by its name alone */
    public static ReleaseId of(String version, String commit, List<String> files, List<String> checksums) {
        return new ReleaseId(version, commit, IntStream.range(0, files.size())
                .mapToObj(i -> new Artifact(files.get(i), i < checksums.size() ? checksums.get(i) : "")).toList());
    }

    public List<String> files() {
        return artifacts.stream().map(Artifact::name).toList();
    }

    public List<String> checksums() {
        return artifacts.stream().map(Artifact::sha256).toList();
    }

    /** Enough of it for people. */
    public String shortCommit() {
        return commit.substring(0, Math.min(8, commit.length()));
    }

    /** The checksum of the one that gives the release its name; "" where nobody wrote it down. */
    public String checksum() {
        return artifacts.isEmpty() ? "" : artifacts.get(0).sha256();
    }

    /** Enough of it for people. */
    public String shortChecksum() {
        return checksum().substring(0, Math.min(8, checksum().length()));
    }

    /**
     * Whether it is that version with those bytes; the commit is only a word about it, and so are names, except of what
     * has no checksum.
     */
    public boolean isSameAs(ReleaseId other) {
        return version.equals(other.version) && (checksums().contains("") || other.checksums().contains("")
                ? artifacts.equals(other.artifacts) : checksums().equals(other.checksums()));
    }

    /** Whether a person who writes this means it: its version, or the start of its checksum. */
    boolean isMeantBy(String name) {
        return version.equals(name) || START.matcher(name).matches()
                && checksum().startsWith(name.toLowerCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return version;
    }
}
