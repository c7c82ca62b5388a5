package dragonfab.state;

import dragonfab.shell.FileName;
import dragonfab.shell.KeyedLines;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
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
                .filter(part -> part.length == 2 && FileName.isPlain(part[1]))
                .collect(Collectors.toMap(part -> part[1], part -> part[0], (a, b) -> b));
        return new TargetFacts(said.filled("running"), kept, said.filled("unfinished").isPresent(),
                said.filled("armed").isPresent(), said.filled("closed").isPresent(), Journal.of(said.all("journal")),
                said);
    }

    /** The run whose rollback is armed. */
    public Optional<String> armedBy() {
        return said.filled("armed");
    }

    /** The last words of the rollback that is armed, where it was tried and failed; the most telling comes first. */
    public List<String> rollbackFailed() {
        return said.all("rollback-failed").stream()
                .sorted(Comparator.comparing((String line) -> !line.toLowerCase(Locale.ROOT).contains("error"))).toList();
    }

    /** Whether that run's rollback was given up, for somebody had put another release there since. */
    public boolean changedByHand(String run) {
        return said.all("journal").stream().anyMatch(line -> line.contains("\"id\":\"" + run + "\"")
                && line.contains("\"state\":\"given up: changed by hand\""));
    }

    public boolean keeps(Artifact artifact) {
        return artifact.sha256().equals(kept.get(artifact.name()));
    }

    /** Whether it runs, whole. */
    public boolean runs(String version) {
        return running.isPresent() && running.get().equals(version);
    }
}
