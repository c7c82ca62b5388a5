package dragonfab.ops;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a target answered about one application, whatever kind its releases are.
 *
 * @param running    the version that runs, whole
 * @param kept       checksums of what lies there to go back to, by name
 * @param unfinished whether a change of the release was interrupted
 * @param armed      whether a change waits to be confirmed or taken back
 * @param closed     whether visitors get the maintenance page
 * @param lines      all that it said, for what only the kind of release knows
 */
public record PackageFacts(Optional<String> running, Map<String, String> kept, boolean unfinished, boolean armed,
        boolean closed, Journal journal, List<String> lines) {

    public static PackageFacts of(List<String> lines) {
        var kept = all(lines, "kept").stream().map(line -> line.split(" ", 2))
                .collect(Collectors.toMap(part -> part[1], part -> part[0], (a, b) -> b));
        return new PackageFacts(value(lines, "running"), kept, value(lines, "unfinished").isPresent(),
                value(lines, "armed").isPresent(), value(lines, "closed").isPresent(),
                Journal.of(all(lines, "journal")), List.copyOf(lines));
    }

    /** What the kind of release has said under that word. */
    public Optional<String> value(String key) {
        return value(lines, key);
    }

    private static Optional<String> value(List<String> lines, String key) {
        return all(lines, key).stream().filter(text -> !text.isBlank()).findFirst();
    }

    private static List<String> all(List<String> lines, String key) {
        return lines.stream().filter(line -> line.startsWith(key + " ")).map(line -> line.substring(key.length() + 1))
                .toList();
    }

    public boolean keeps(Artifact artifact) {
        return artifact.sha256().equals(kept.get(artifact.name()));
    }

    /** Whether it runs, whole. */
    public boolean runs(String version) {
        return running.isPresent() && running.get().equals(version);
    }
}
