package dragonfab.media;

import dragonfab.config.Environment;
import dragonfab.config.Key;
import dragonfab.report.Failure;
import dragonfab.shell.Command;
import dragonfab.shell.ShellScript;
import dragonfab.transfer.Rsync;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The folders of uploaded files of two environments, pair by pair, and how the one becomes like the other.
 *
 * <p>Files grow where nobody looks, and come to their places by rename. Links are copied and never followed; hard links
 * and holes stay what they are.
 *
 * @param owner USER or USER:GROUP on the target
 * @param limit in KB a second; 0 for none
 */
public record MediaFolders(List<Pair> pairs, List<String> exclude, String owner, int limit) {
    private static final String PARTIAL = ".dragonfab-partial";
    private static final String ARRIVING = ".dragonfab-arriving";
    private static final String TAKING = "media/arriving";

    /** One folder in its two places. */
    public record Pair(String from, String to) {
        /** Whether the one is the other, or lies in it. */
        public boolean overlaps() {
            return (from + "/").startsWith(to + "/") || (to + "/").startsWith(from + "/");
        }
    }

    public MediaFolders {
        pairs = List.copyOf(pairs);
        exclude = List.copyOf(exclude);
    }

    public static MediaFolders between(Environment from, Environment to) {
        var sources = from.require(Key.MEDIA, "data-refresh");
        var targets = to.require(Key.MEDIA, "data-refresh");
        if (sources.size() != targets.size() || sources.isEmpty()) {
            throw Failure.usage("environments.yml", "media has " + sources.size() + " folders in " + from + " and "
                    + targets.size() + " in " + to + "; the first goes to the first, and so on");
        }
        var pairs = IntStream.range(0, sources.size())
                .mapToObj(n -> new Pair(plain(sources.get(n)), plain(targets.get(n)))).toList();
        return new MediaFolders(pairs, to.get(Key.MEDIA_EXCLUDE),
                to.find(Key.MEDIA_OWNER).orElseGet(() -> to.get(Key.APP_USER)), to.find(Key.MEDIA_LIMIT).orElse(0));
    }

    private static String plain(String folder) {
        return folder.replaceAll("/+", "/").replaceAll("/$", "");
    }

    /** For each source, whether it is full, empty or gone; exit 3 without rsync. */
    public Command sourceFacts() {
        return ShellScript.of("media/source").with(pairs.stream().map(Pair::from).toArray()).asRoot().asking();
    }

    /** For {@link #facts}; exit 3 without rsync, 4 when there is no such owner. */
    public Command targetFacts() {
        return ShellScript.of("media/target", owner).with(pairs.stream().map(Pair::to).toArray()).asRoot().asking();
    }

    /** @throws Failure when the answer of a target is none */
    public MediaFacts facts(String place, List<String> lines) {
        return MediaFacts.of(place, lines, pairs);
    }

    /**
     * What the source runs.
     *
     * @param most    deletions to make; null to delete nothing
     * @param silence so many seconds without a byte are the end
     */
    public Command give(Pair pair, Integer most, long silence) {
        return giving(pair, silence, List.of("--info=stats0", "--out-format=%i", "--partial-dir=" + PARTIAL,
                "--temp-dir=" + ARRIVING), deletions(most));
    }

    /**
     * Copies to an empty folder, where all grow in a tree that is not in its place yet. They are counted at the end,
     * since to hear of each takes longer than to send it.
     */
    public Command giveAll(Pair pair, long silence) {
        return giving(pair, silence, List.of("--info=stats2", "--inplace", "--delete-excluded"), List.of());
    }

    /** A dry run of the copy: the other side says what would change. */
    public Command ask(Pair pair, boolean deletions, long silence) {
        return giving(pair, silence, List.of("-n", "--info=stats0", "--out-format=%i %n%L"),
                deletions(deletions ? Integer.MAX_VALUE : null)).asking();
    }

    private Command giving(Pair pair, long silence, List<String> way, List<String> deletions) {
        var options = new ArrayList<>(List.of("-rlptgoHS", "--timeout=" + silence, "--no-h", "--8-bit-output",
                "--info=flist0"));
        options.addAll(way);
        options.addAll(List.of("--filter=- " + PARTIAL, "--filter=- /" + ARRIVING));
        exclude.forEach(pattern -> options.add("--filter=- " + pattern));
        if (limit > 0) {
            options.add("--bwlimit=" + limit);
        }
        options.addAll(deletions);
        return ShellScript.of("transfer/rsync/give", pair.from() + "/").with(options.toArray()).asRoot();
    }

    private static List<String> deletions(Integer most) {
        return most == null ? List.of() : List.of("--delete-delay", "--max-delete=" + most);
    }

    /**
     * What the target runs; in a dry run nothing is made.
     *
     * @param owner   as the target's facts have it
     * @param options as the source's rsync wants them
     */
    public Command take(Pair pair, String owner, List<String> options, Rsync.Way way) {
        var ids = owner.split(" ");
        var half = switch (way) {
            case DRY_RUN -> ShellScript.of("media/look", pair.to()).asking();
            case FILL -> ShellScript.after(TAKING, "media/fill", pair.to());
            default -> ShellScript.after(TAKING, "media/take", pair.to());
        };
        return half.with("--server").with(options.toArray())
                .with("--usermap=*:" + ids[0], "--groupmap=*:" + ids[1]).asRoot();
    }
}
