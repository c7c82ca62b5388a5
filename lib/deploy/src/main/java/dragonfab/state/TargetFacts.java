package dragonfab.state;

import dragonfab.shell.FileName;
import dragonfab.shell.KeyedLines;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a target answered about one application, whatever kind its releases are.
 *
 * @param running         the version that runs, whole
 * @param runningChecksum of the bytes that run; where nobody wrote them down the journal has to tell, and where
 *                        somebody else installed others since it is {@link #FOREIGN}
 * @param kept            names of what lies there to go back to, by checksum
 * @param unfinished      whether a change of the release was interrupted
 * @param armed           whether a change waits to be confirmed or taken back
 * @param closed          whether visitors get the maintenance page
 * @param said            all of it, for what only the kind of release knows
 */
public record TargetFacts(Optional<String> running, Optional<String> runningChecksum, Map<String, String> kept,
        boolean unfinished, boolean armed, boolean closed, Journal journal, KeyedLines said) {
    /** In place of the checksum of what others installed. */
    public static final String FOREIGN = "foreign";
    /** A name is never a way out of the folder, nor a word of a terminal. */
    private static final Pattern KEPT = Pattern.compile("(\\w+) (.+)");

    public static TargetFacts of(List<String> lines) {
        var said = new KeyedLines(lines);
        var kept = said.all("kept").stream().map(KEPT::matcher).filter(java.util.regex.Matcher::matches)
                .filter(part -> FileName.isPlain(part.group(2)))
                .collect(Collectors.toMap(part -> part.group(1), part -> part.group(2), (a, b) -> b));
        return new TargetFacts(said.filled("running"), said.filled("running-checksum"), kept,
                said.filled("unfinished").isPresent(), said.filled("armed").isPresent(),
                said.filled("closed").isPresent(), Journal.of(said.all("journal")), said);
    }

    /** The run whose rollback is armed. */
    public Optional<String> armedBy() {
        return said.filled("armed");
    }

    /** The last words of the rollback that is armed, where it was tried and failed. */
    public List<String> rollbackFailed() {
        return said.all("rollback-failed");
    }

    /** Whether systemd starts the services there. */
    public boolean hasSystemd() {
        return said.filled("systemd").isEmpty();
    }

    /** Whether what is installed brings nothing that systemd, init, cron or a web server starts. */
    public boolean startsNothing() {
        return said.filled("starts").isPresent();
    }

    /** Why it failed, in a line: dpkg's own error, which goes on in the line behind it, or the last word. */
    public Optional<String> rollbackFailure() {
        var words = rollbackFailed();
        for (int i = 0; i + 1 < words.size(); i++) {
            if (words.get(i).startsWith("dpkg: error")) {
                return Optional.of(words.get(i) + " " + words.get(i + 1).strip());
            }
        }
        return words.stream().reduce((first, second) -> second);
    }

    /** What the last rollback could not put back. */
    public List<String> notAsBefore() {
        return said.all("not-as-before");
    }

    public boolean keeps(Artifact artifact) {
        return kept.containsKey(artifact.sha256());
    }

    /** Whether all of it lies there, so that it can be installed again. */
    public boolean keeps(ReleaseId release) {
        return release.artifacts().stream().allMatch(this::keeps);
    }

    /** The name that it has there, or gets when it is brought. */
    public String nameOf(Artifact artifact) {
        return kept.getOrDefault(artifact.sha256(), artifact.kept());
    }

    /** The deploy that brought what runs; empty where it was none of ours. */
    public Optional<Release> runningRelease() {
        return running.flatMap(version -> journal.running(version, runningChecksum));
    }

    /** Whether those very bytes run, whole. */
    public boolean runs(ReleaseId release) {
        return runningRelease().filter(found -> found.id().isSameAs(release)).isPresent();
    }

    /** Whether what runs was there before that one came: two of one version have no other order. */
    public boolean ranBefore(ReleaseId release) {
        return runningRelease().filter(found -> journal.isBefore(found.id(), release)).isPresent();
    }

    /** Whether those very bytes run, and were the last that went well. */
    public boolean runsAsDeployed(ReleaseId release) {
        return runs(release) && !unfinished
                && journal.current().filter(last -> last.id().isSameAs(release)).isPresent();
    }

    /** Whether what runs is what the journal says, for people. */
    public String comparedToJournal() {
        var current = journal.current();
        var found = runningRelease();
        if (current.map(Release::id).map(this::runs).orElseGet(running::isEmpty)) {
            return "in sync";
        }
        var good = current.map(Release::version);
        return found.filter(release -> !release.outcome().wentWell())
                .map(release -> release.version() + " " + release.outcome().text())
                .orElse("drift: journal has " + good.orElse("none")
                        + (good.isPresent() && good.equals(running) ? " with other bytes" : ""));
    }

    /** What others left half done, so that no release can be installed before that is finished. */
    public List<String> inTheWay() {
        return said.all("broken");
    }
}
