package dragonfab.state;

import dragonfab.shell.KeyedLines;
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
 * @param said       all of it, for what only the kind of release knows
 */
public record TargetFacts(Optional<String> running, Map<String, String> kept, boolean unfinished, boolean armed,
        boolean closed, Journal journal, KeyedLines said) {

    public static TargetFacts of(List<String> lines) {
        var said = new KeyedLines(lines);
        var kept = said.all("kept").stream().map(line -> line.split(" ", 2))
                .collect(Collectors.toMap(part -> part[1], part -> part[0], (a, b) -> b));
        return new TargetFacts(said.filled("running"), kept, said.filled("unfinished").isPresent(),
                said.filled("armed").isPresent(), said.filled("closed").isPresent(), Journal.of(said.all("journal")),
                said);
    }

    public boolean keeps(Artifact artifact) {
        return artifact.sha256().equals(kept.get(artifact.name()));
    }

    /** What others left half done, so that no release can be installed before that is finished. */
    public List<String> inTheWay() {
        return said.all("broken");
    }

    /** Whether it runs, whole. */
    public boolean runs(String version) {
        return running.isPresent() && running.get().equals(version);
    }
}
