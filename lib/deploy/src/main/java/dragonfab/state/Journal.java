package dragonfab.state;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import com.grack.nanojson.JsonWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What happened to an application on one target, oldest first: an intent before each deploy and an outcome after it.
 *
 * <p>An intent without an outcome was cut off. A line that is no JSON was cut off itself, and is passed over, as are
 * events that are not known here and lines that lack what ours have.
 *
 * @param migrations how far the database came with each version
 * @param givenUp    the runs whose rollback was given up, for somebody had put another release there since
 * @param out        whether the target was taken out of service for a deploy, and not put back
 * @param once       what was done on one target for all, by the run that did it
 */
public record Journal(List<Release> releases, Map<String, MigrationRecord> migrations, Set<String> givenUp,
        boolean out, Map<String, Set<String>> once) {
    /** What a good rollback went away from: its version, and the checksums of its artifacts. */
    private static final String LEFT = "left";
    private static final String LEFT_CHECKSUMS = "left_checksums";

    public Journal {
        releases = List.copyOf(releases);
        migrations = Map.copyOf(migrations);
        givenUp = Set.copyOf(givenUp);
        once = Map.copyOf(once);
    }

    public static Journal of(List<String> lines) {
        Map<String, Release> releases = new LinkedHashMap<>();
        Map<String, MigrationRecord> migrations = new HashMap<>();
        Set<String> givenUp = new HashSet<>();
        Map<String, Set<String>> once = new HashMap<>();
        var newest = "";
        boolean out = false;
        for (var line : lines) {
            var json = object(line);
            switch (json.getString("event", "")) {
                case "intent" -> {
                    var release = release(json);
                    if (release.isPresent()) {
                        releases.put(release.get().run(), release.get());
                        // The same version again finds the database as it left it, and a rollback as its release did.
                        boolean anew = release.get().action().equals("deploy")
                                && !release.get().version().equals(newest);
                        newest = release.get().version();
                        migrations.merge(newest, MigrationRecord.NONE, (known, none) -> anew ? none : known);
                    }
                }
                case "outcome" -> outcome(releases, json);
                case "migration" ->
                    migrations.put(newest, migrations.getOrDefault(newest, MigrationRecord.NONE).after(json));
                case "rollback" -> {
                    if (json.getString("state", "").equals("given up: changed by hand")) {
                        givenUp.add(json.getString("id", ""));
                    }
                }
                case "once" -> once.computeIfAbsent(json.getString("id", ""), id -> new HashSet<>())
                        .add(json.getString("step", ""));
                case "service" -> out = out ? !json.getString("state", "").equals("in")
                        : json.getString("state", "").equals("out");
                default -> {
                    // A later version of ours may write more.
                }
            }
        }
        return new Journal(List.copyOf(releases.values()), migrations, givenUp, out, once);
    }

    /** Power failed while it was written, or somebody else wrote it: the intent of a whole deploy is never in such. */
    private static JsonObject object(String line) {
        try {
            return JsonParser.object().from(line);
        } catch (JsonParserException cutOff) {
            return new JsonObject();
        }
    }

    private static Optional<Release> release(JsonObject json) {
        var id = json.getString("id", "");
        var version = json.getString("version", "");
        var at = instant(json.getString("at", ""));
        var files = strings(json, "files");
        var checksums = strings(json, "checksums");
        return id.isEmpty() || version.isEmpty() || at.isEmpty() || files.isEmpty() || checksums.isEmpty()
                ? Optional.empty() : Optional.of(new Release(id, at.get(), json.getString("action", ""),
                        ReleaseId.of(version, json.getString("commit", ""), files.get(), checksums.get()),
                        json.getString("by", ""), ReleaseOutcome.IN_PROGRESS));
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }

    private static void outcome(Map<String, Release> releases, JsonObject json) {
        var id = json.getString("id", "");
        if (!(json.get("outcome") instanceof String text)) {
            return;
        }
        var outcome = ReleaseOutcome.of(text);
        releases.computeIfPresent(id, (key, release) -> release.with(outcome));
        if (releases.containsKey(id) && releases.get(id).isGood() && json.has(LEFT)) {
            var checksums = strings(json, LEFT_CHECKSUMS).orElse(List.of());
            var left = ReleaseId.of(json.getString(LEFT, ""), "", checksums, checksums);
            releases.replaceAll((key, release) -> key.equals(id) ? release : release.unless(left));
        }
    }

    /** Whether that run's rollback was given up, for what a person installed stays. */
    public boolean wasGivenUp(String run) {
        return givenUp.contains(run);
    }

    /** After one more that went well. @param left what it went away from, if it was a rollback */
    public Journal and(Release release, Optional<ReleaseId> left) {
        return new Journal(Stream.concat(releases.stream().map(older -> left.map(older::unless).orElse(older)),
                Stream.of(release.with(ReleaseOutcome.DEPLOYED))).toList(), migrations, givenUp, out, once);
    }

    /** A list of texts, none where there is none; empty where it holds something else. */
    static Optional<List<String>> strings(JsonObject json, String key) {
        if (!json.has(key)) {
            return Optional.of(List.of());
        }
        var array = json.getArray(key);
        return array == null || !array.stream().allMatch(String.class::isInstance) ? Optional.empty()
                : Optional.of(array.stream().map(String.class::cast).toList());
    }

    /** Before a deploy begins. @param before what the target was like then */
    public static String intent(Release release, TargetFacts before) {
        return JsonWriter.string().object()
                .value("event", "intent").value("id", release.run()).value("at", release.at().toString())
                .value("action", release.action()).value("version", release.version())
                .value("commit", release.id().commit())
                .array("files", release.id().files()).array("checksums", release.id().checksums())
                .value("before", before.running().orElse(""))
                .value("maintenance", before.closed()).value("by", release.by()).end().done();
    }

    public static String outcome(String id, ReleaseOutcome outcome) {
        return outcome(id, outcome, Optional.empty());
    }

    /** After it. @param left what a good rollback went away from */
    public static String outcome(String id, ReleaseOutcome outcome, Optional<ReleaseId> left) {
        var json = JsonWriter.string().object().value("event", "outcome").value("id", id)
                .value("at", Instant.now().toString()).value("outcome", outcome.text());
        left.ifPresent(release -> json.value(LEFT, release.version()).array(LEFT_CHECKSUMS, release.checksums()));
        return json.end().done();
    }

    /**
     * Before and after a migration, with the same id.
     *
     * @param state     begun, finished, failed, or undone by loading the dump
     * @param untouched whether the database is surely as it was before, though it failed
     * @param dump      of the database before it, or null
     */
    public static String migration(String id, String by, String state, boolean untouched, List<String> pending,
            String dump) {
        var json = JsonWriter.string().object().value("event", "migration").value("id", id)
                .value("at", Instant.now().toString()).value("by", by).value("state", state)
                .value("untouched", untouched).array("pending", pending);
        if (dump != null) {
            json.value("dump", dump);
        }
        return json.end().done();
    }

    /** After a step that one target does for all has gone well there. */
    public static String once(String id, String step) {
        return JsonWriter.string().object().value("event", "once").value("id", id)
                .value("at", Instant.now().toString()).value("step", step).end().done();
    }

    /** Before the target is taken out of service for a deploy, and after it was put back. */
    public static String service(String id, boolean in) {
        return JsonWriter.string().object().value("event", "service").value("id", id)
                .value("at", Instant.now().toString()).value("state", in ? "in" : "out").end().done();
    }

    /** How that run ended, or goes on; nothing where it began none. */
    public Optional<ReleaseOutcome> outcome(String run) {
        return last(release -> release.run().equals(run)).map(Release::outcome);
    }

    /** The last deploy that went well. */
    public Optional<Release> current() {
        return last(Release::isGood);
    }

    /** The release to go back to: the newest good one that is another, and never one that was left or failed. */
    public Optional<Release> previous(Optional<ReleaseId> running) {
        return last(release -> release.isGood() && running.filter(release.id()::isSameAs).isEmpty());
    }

    /**
     * The newest deploy of what runs, however it ended: it is gone back to, be it good or not. One that was rolled back
     * is it only where no other of its version was deployed.
     *
     * @param checksum of what runs; empty where the target did not write it down
     */
    Optional<Release> running(String version, Optional<String> checksum) {
        var those = releases.stream().filter(release -> release.version().equals(version))
                .filter(release -> checksum.filter(sum -> !sum.equals(release.id().checksum())).isEmpty()).toList();
        return those.stream().filter(release -> !release.outcome().wentBack()).reduce((first, second) -> second)
                .or(() -> those.stream().reduce((first, second) -> second));
    }

    /** Whether the one was deployed before the other was for the first time. */
    boolean isBefore(ReleaseId one, ReleaseId other) {
        var first = releases.stream().filter(release -> release.id().isSameAs(one) || release.id().isSameAs(other))
                .findFirst();
        return !one.isSameAs(other) && first.filter(release -> release.id().isSameAs(one)).isPresent();
    }

    /** How far the database came with that version. */
    public MigrationRecord migrated(String version) {
        return migrations.getOrDefault(version, MigrationRecord.NONE);
    }

    /** The releases that once went well and that a person means by this, each by its newest deploy. */
    public List<Release> meant(String name) {
        return distinct(releases.stream().filter(release -> release.outcome().wentWell())
                .filter(release -> release.id().isMeantBy(name)).toList());
    }

    /** What the newest good releases are made of; a failed deploy pushes no good one out. */
    public List<Artifact> artifactsOfNewest(int count) {
        var all = distinct(releases.stream().filter(release -> release.outcome().wentWell()).toList());
        var newest = new ArrayList<>(all.subList(Math.max(0, all.size() - count), all.size()));
        java.util.Collections.reverse(newest);
        return newest.stream().flatMap(release -> release.id().artifacts().stream()).distinct().toList();
    }

    /** The newest deploy of each release, in their order. */
    private static List<Release> distinct(List<Release> some) {
        var newest = new ArrayList<Release>();
        for (var release : some) {
            newest.removeIf(older -> older.id().isSameAs(release.id()));
            newest.add(release);
        }
        return newest;
    }

    private Optional<Release> last(java.util.function.Predicate<Release> wanted) {
        return releases.stream().filter(wanted).reduce((first, second) -> second);
    }
}
