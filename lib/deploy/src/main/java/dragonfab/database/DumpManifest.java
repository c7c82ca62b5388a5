package dragonfab.database;

import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import com.grack.nanojson.JsonWriter;
import dragonfab.report.Failure;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What lies beside a dump and says what it is; a dump without it is none.
 *
 * @param size    of the file, in bytes
 * @param release of the application that wrote the data; empty when nobody knows
 * @param rows    of each table, in the dump's own snapshot: JSON objects, a line each, in order
 */
public record DumpManifest(String environment, Instant at, String release, Compression compression, long size,
        String sha256, List<String> rows, DatabaseOrigin origin) {

    public DumpManifest {
        rows = rows.stream().sorted().toList();
    }

    public static DumpManifest read(String place, String text) {
        try {
            var json = JsonParser.object().from(text);
            return new DumpManifest(json.getString("environment"), Instant.parse(json.getString("at")),
                    json.getString("release", ""), Compression.of(json.getString("compression")),
                    json.getLong("bytes"), json.getString("sha256"), DatabaseOrigin.texts(json, "rows"),
                    DatabaseOrigin.of(json.getString("database"), json));
        } catch (JsonParserException | RuntimeException e) {
            throw Failure.failed(place, "is no manifest of a dump: " + e.getMessage());
        }
    }

    public String text() {
        var json = new TreeMap<>(origin.json());
        json.putAll(Map.of("database", origin.name(), "environment", environment, "at", at.toString(),
                "release", release, "compression", compression.word(), "bytes", size, "sha256", sha256, "rows", rows));
        return JsonWriter.indent("  ").string().object(json).done() + "\n";
    }

    /** All rows of all tables. */
    public long total() {
        return rows.stream().mapToLong(line -> Long.parseLong(line.replaceAll(".*: *([0-9]+)}$", "$1"))).sum();
    }

    /** The tables whose rows differ, for people; empty when what was loaded is what was dumped. */
    public static List<String> differences(List<String> wanted, List<String> found) {
        var missing = new TreeSet<>(wanted);
        found.forEach(missing::remove);
        var more = new TreeSet<>(found);
        wanted.forEach(more::remove);
        return Stream.concat(missing.stream().map(row -> "dumped: " + row), more.stream().map(row -> "loaded: " + row))
                .toList();
    }
}
