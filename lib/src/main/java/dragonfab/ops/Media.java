package dragonfab.ops;

import dragonfab.config.Environment;
import dragonfab.config.Key;
import dragonfab.report.Failure;
import dragonfab.shell.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The folders of uploaded files of two environments, pair by pair, and how the one becomes like the other.
 *
 * <p>Files come by rename into a folder where nothing else grows. Links are copied and never followed.
 *
 * @param owner USER or USER:GROUP on the target
 * @param limit in KB a second; 0 for none
 */
public record Media(List<Pair> pairs, List<String> exclude, String owner, int limit) {
    private static final String PARTIAL = ".dragonfab-partial";
    private static final String ARRIVING = ".dragonfab-arriving";

    /** One folder in its two places. */
    public record Pair(String from, String to) {
        /** Whether the one is the other, or lies in it. */
        public boolean overlaps() {
            return (from + "/").startsWith(to + "/") || (to + "/").startsWith(from + "/");
        }
    }

    public Media {
        pairs = List.copyOf(pairs);
        exclude = List.copyOf(exclude);
    }

    public static Media between(Environment from, Environment to) {
        var sources = from.require(Key.MEDIA, "data-refresh");
        var targets = to.require(Key.MEDIA, "data-refresh");
        if (sources.size() != targets.size() || sources.isEmpty()) {
            throw Failure.usage("environments.yml", "media has " + sources.size() + " folders in " + from + " and "
                    + targets.size() + " in " + to + "; the first goes to the first, and so on");
        }
        var pairs = IntStream.range(0, sources.size())
                .mapToObj(n -> new Pair(plain(sources.get(n)), plain(targets.get(n)))).toList();
        return new Media(pairs, to.get(Key.MEDIA_EXCLUDE),
                to.find(Key.MEDIA_OWNER).orElseGet(() -> to.get(Key.APP_USER)), to.find(Key.MEDIA_LIMIT).orElse(0));
    }

    private static String plain(String folder) {
        return folder.replaceAll("/+", "/").replaceAll("/$", "");
    }

    /** For each source, whether it is full, empty or gone; exit 3 without rsync. */
    public Command sourceFacts() {
        return Snippet.of("media-source").with(pairs.stream().map(Pair::from).toArray()).asRoot().asking();
    }

    /** The owner's numbers; exit 3 without rsync, 4 when there is no such owner. */
    public Command targetFacts() {
        return Snippet.of("media-target").with((Object[]) owner.split(":")).asRoot().asking();
    }

    /**
     * What the source runs.
     *
     * @param most    deletions to make; null to delete nothing
     * @param silence so many seconds without a byte are the end
     */
    public Command give(Pair pair, Integer most, long silence) {
        return Snippet.of("rsync-give", pair.from() + "/").with(options(most, silence, true)).asRoot();
    }

    /** The same as a question: the other side says what would change. */
    public Command ask(Pair pair, boolean deletions, long silence) {
        return Snippet.of("rsync-give", pair.from() + "/", "-n").with(options(deletions ? Integer.MAX_VALUE : null, silence,
                false)).asRoot().asking();
    }

    private Object[] options(Integer most, long silence, boolean real) {
        var options = new ArrayList<Object>(List.of("-rlptgo", "--timeout=" + silence, "--no-h", "--8-bit-output",
                "--info=flist0,stats0,nonreg0" + (real ? ",progress2" : ""),
                "--out-format=" + (real ? "%i" : "%i %n%L"), "--partial-dir=" + PARTIAL, "--filter=- " + PARTIAL, "--filter=- /" + ARRIVING));
        exclude.forEach(pattern -> options.add("--filter=- " + pattern));
        if (real) {
            options.add("--temp-dir=" + ARRIVING);
        }
        if (limit > 0) {
            options.add("--bwlimit=" + limit);
        }
        if (most != null) {
            options.add("--delete-delay");
            options.add("--max-delete=" + most);
        }
        return options.toArray();
    }

    /**
     * What the target runs.
     *
     * @param owner   as {@link #targetFacts} says it
     * @param options as the source's rsync wants them
     */
    public Command take(Pair pair, String owner, List<String> options) {
        return server("media-take", pair, owner, options);
    }

    /** The same as a question: nothing is made. */
    public Command look(Pair pair, String owner, List<String> options) {
        return server("media-look", pair, owner, options).asking();
    }

    private static Command server(String snippet, Pair pair, String owner, List<String> options) {
        var ids = owner.split(" ");
        return Snippet.of(snippet, pair.to(), "--server").with(options.toArray())
                .with("--usermap=*:" + ids[0], "--groupmap=*:" + ids[1]).asRoot();
    }
}
