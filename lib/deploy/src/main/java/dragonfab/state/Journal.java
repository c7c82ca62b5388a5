package dragonfab.state;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import com.grack.nanojson.JsonWriter;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What happened to an application on one target, oldest first: an intent before each deploy and an outcome after it.
 *
 * <p>An intent without an outcome was cut off. A line that is no JSON was cut off itself, and is passed over, as are
 * events that are not known here.
 *
 * @param migrations how far the database came with each version
 * @param out        whether the target was taken out of service for a deploy, and not put back
 */
public record Journal(List<Release> releases, Map<String, MigrationRecord> migrations, boolean out) {

    public Journal {
        releases = List.copyOf(releases);
        migrations = Map.copyOf(migrations);
    }

    public static Journal of(List<String> lines) {
        Map<String, Release> releases = new LinkedHashMap<>();
        Map<String, MigrationRecord> migrations = new HashMap<>();
        var newest = "";
        boolean out = false;
        for (var line : lines) {
            try {
                var json = JsonParser.object().from(line);
                read(releases, json);
                if (json.getString("event", "").equals("intent")) {
                    // The same version again finds the database as it left it, and a rollback as its release did.
                    boolean anew = json.getString("action").equals("deploy")
                            && !json.getString("version").equals(newest);
                    newest = json.getString("version");
                    migrations.merge(newest, MigrationRecord.NONE, (known, none) -> anew ? none : known);
                } else if (json.getString("event", "").equals("migration")) {
                    migrations.put(newest, migrations.getOrDefault(newest, MigrationRecord.NONE).after(json));
                } else if (json.getString("event", "").equals("service")) {
                    out = json.getString("state", "").equals("out");
                }
            } catch (JsonParserException cutOff) {
                // Power failed while it was written; the intent of a whole deploy is never in such a line.
            }
        }
        return new Journal(List.copyOf(releases.values()), migrations, out);
    }

    private static void read(Map<String, Release> releases, JsonObject json) {
        var id = json.getString("id", "");
        if (json.getString("event", "").equals("intent")) {
            releases.put(id, new Release(id, Instant.parse(json.getString("at")), json.getString("action"),
                    ReleaseId.of(json.getString("version"), json.getString("commit", ""), strings(json, "files"),
                            strings(json, "checksums")), json.getString("by", ""), ReleaseOutcome.IN_PROGRESS));
            return;
        }
        if (!json.getString("event", "").equals("outcome")) {
            return;
        }
        var outcome = ReleaseOutcome.of(json.getString("outcome", ReleaseOutcome.FAILED.text()));
        releases.computeIfPresent(id, (key, release) -> release.with(outcome));
        if (releases.containsKey(id) && releases.get(id).isGood()) {
            releases.replaceAll((key, release) -> key.equals(id) ? release : release.unless(json.getString("left")));
        }
    }

    /** After one more that went well. @param left the version that it went away from, if it was a rollback */
    public Journal and(Release release, Optional<String> left) {
        return new Journal(Stream.concat(releases.stream().map(older -> left.map(older::unless).orElse(older)),
                Stream.of(release.with(ReleaseOutcome.DEPLOYED))).toList(), migrations, out);
    }

    static List<String> strings(JsonObject json, String key) {
        return json.has(key) ? json.getArray(key).stream().map(String.class::cast).toList() : List.of();
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

    /** After it. @param left the version that a good rollback went away from */
    public static String outcome(String id, ReleaseOutcome outcome, Optional<String> left) {
        var json = JsonWriter.string().object().value("event", "outcome").value("id", id)
                .value("at", Instant.now().toString()).value("outcome", outcome.text());
        left.ifPresent(version -> json.value("left", version));
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

    /** The release to go back to: the newest good one of another version, and never one that was left or failed. */
    public Optional<Release> previous(Optional<String> running) {
        return last(release -> release.isGood() && !running.equals(Optional.of(release.version())));
    }

    /** Whether what runs is what it says, for people. */
    public String comparedTo(Optional<String> running) {
        var good = current().map(Release::version);
        var newest = running.flatMap(this::newest);
        return good.equals(running) ? "in sync"
                : newest.filter(release -> !release.outcome().wentWell())
                        .map(release -> release.version() + " " + release.outcome().text())
                        .orElse("drift: journal has " + good.orElse("none"));
    }

    /** How far the database came with that version. */
    public MigrationRecord migrated(String version) {
        return migrations.getOrDefault(version, MigrationRecord.NONE);
    }

    /** The newest deploy of that version that once went well. */
    public Optional<Release> of(String version) {
        return last(release -> release.version().equals(version) && release.outcome().wentWell());
    }

    /** The newest entry of that version, however it ended: what runs is gone back to, be it good or not. */
    public Optional<Release> newest(String version) {
        return last(release -> release.version().equals(version));
    }

    /** Files that the newest good releases need; a failed deploy pushes no good one out. */
    public List<String> filesOfNewest(int count) {
        var versions = new LinkedHashSet<String>();
        var files = new LinkedHashSet<String>();
        for (int i = releases.size() - 1; i >= 0; i--) {
            var release = releases.get(i);
            if (release.outcome().wentWell() && (versions.contains(release.version()) || versions.size() < count)) {
                versions.add(release.version());
                files.addAll(release.id().files());
            }
        }
        return List.copyOf(files);
    }

    private Optional<Release> last(java.util.function.Predicate<Release> wanted) {
        return releases.stream().filter(wanted).reduce((first, second) -> second);
    }
}
