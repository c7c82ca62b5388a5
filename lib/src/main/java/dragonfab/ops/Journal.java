package dragonfab.ops;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import com.grack.nanojson.JsonWriter;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What happened to a package on one target, oldest first: an intent before each deploy and an outcome after it.
 *
 * <p>An intent without an outcome was cut off. A line that is no JSON was cut off itself, and is passed over, as are
 * events that are not known here.
 *
 * @param migrations how far the database came with each version
 * @param out        whether the target was taken out of service for a deploy, and not put back
 */
public record Journal(List<Release> releases, Map<String, Migrated> migrations, boolean out) {

    public Journal {
        releases = List.copyOf(releases);
        migrations = Map.copyOf(migrations);
    }

    public static Journal of(List<String> lines) {
        Map<String, Release> releases = new LinkedHashMap<>();
        Map<String, Migrated> migrations = new HashMap<>();
        var newest = "";
        boolean out = false;
        for (var line : lines) {
            try {
                var json = JsonParser.object().from(line);
                read(releases, json);
                if (json.getString("event", "").equals("intent")) {
                    // The same version again finds the database as it left it, and a rollback as its release did.
                    boolean anew = json.getString("action").equals("deploy") && !json.getString("version").equals(newest);
                    newest = json.getString("version");
                    migrations.merge(newest, Migrated.NONE, (known, none) -> anew ? none : known);
                } else if (json.getString("event", "").equals("migration")) {
                    migrations.put(newest, migrations.getOrDefault(newest, Migrated.NONE).after(json));
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
                    new DebVersion(json.getString("version")), json.getString("commit", ""),
                    strings(json, "files"), strings(json, "checksums"), json.getString("by", ""), "unfinished"));
            return;
        }
        if (!json.getString("event", "").equals("outcome")) {
            return;
        }
        releases.computeIfPresent(id, (key, release) -> release.with(json.getString("outcome", "failed")));
        if (releases.containsKey(id) && releases.get(id).good()) {
            releases.replaceAll((key, release) -> key.equals(id) ? release : release.unless(json.getString("left")));
        }
    }

    /** The same after one more that went well. @param left the version that it went away from, or null */
    public Journal and(Release release, String left) {
        return new Journal(Stream.concat(releases.stream().map(older -> older.unless(left)),
                Stream.of(release.with("done"))).toList(), migrations, out);
    }

    static List<String> strings(JsonObject json, String key) {
        return json.has(key) ? json.getArray(key).stream().map(String.class::cast).toList() : List.of();
    }

    /** Before a deploy begins. @param before what the target was like then */
    public static String intent(Release release, PackageFacts before) {
        return JsonWriter.string().object()
                .value("event", "intent").value("id", release.id()).value("at", release.at().toString())
                .value("action", release.action()).value("version", release.version().text())
                .value("commit", release.commit())
                .array("files", release.files()).array("checksums", release.checksums())
                .value("before", before.installed().map(DebVersion::text).orElse(""))
                .value("maintenance", before.closed()).value("by", release.by()).end().done();
    }

    /** After it. @param left the version that a good rollback went away from, or null */
    public static String outcome(String id, String outcome, String left) {
        var json = JsonWriter.string().object().value("event", "outcome").value("id", id)
                .value("at", Instant.now().toString()).value("outcome", outcome);
        if (left != null) {
            json.value("left", left);
        }
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

    /** The last deploy that went well. */
    public Optional<Release> current() {
        return last(Release::good);
    }

    /** The release to go back to: the newest good one of another version, and never one that was left or failed. */
    public Optional<Release> previous(Optional<DebVersion> installed) {
        return last(release -> release.good() && !installed.equals(Optional.of(release.version())));
    }

    /** Whether what is installed is what it says, for people. */
    public String verdict(Optional<DebVersion> installed) {
        var good = current().map(Release::version);
        var newest = installed.flatMap(this::newest);
        return good.equals(installed) ? "agrees"
                : newest.filter(release -> !release.good() && !release.outcome().equals("left"))
                        .map(release -> "says " + release.version() + " is " + release.outcome())
                        .orElse("says " + good.map(DebVersion::text).orElse("none"));
    }

    /** How far the database came with that version. */
    public Migrated migrated(DebVersion version) {
        return migrations.getOrDefault(version.text(), Migrated.NONE);
    }

    /** The newest deploy of that version that once went well. */
    public Optional<Release> of(String version) {
        return last(release -> release.version().text().equals(version)
                && (release.good() || release.outcome().equals("left")));
    }

    /** The newest entry of that version, however it ended: what runs is gone back to, be it good or not. */
    public Optional<Release> newest(DebVersion version) {
        return last(release -> release.version().equals(version));
    }

    /** Files that the newest good releases need; a failed deploy pushes no good one out. */
    public List<String> filesOfNewest(int count) {
        var versions = new java.util.LinkedHashSet<String>();
        var files = new java.util.LinkedHashSet<String>();
        for (int i = releases.size() - 1; i >= 0; i--) {
            var release = releases.get(i);
            boolean once = release.good() || release.outcome().equals("left");
            if (once && (versions.contains(release.version().text()) || versions.size() < count)) {
                versions.add(release.version().text());
                files.addAll(release.files());
            }
        }
        return List.copyOf(files);
    }

    private Optional<Release> last(java.util.function.Predicate<Release> wanted) {
        return releases.stream().filter(wanted).reduce((first, second) -> second);
    }
}
