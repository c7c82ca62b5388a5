package dragonfab.database;

import com.grack.nanojson.JsonObject;
import java.util.List;

/**
 * The database that an archive is of, as far as whoever loads it has to know.
 *
 * @param server   the version of its server, as PostgreSQL counts: 150004 is 15.4
 * @param tools    the major version of the pg_dump that reads it, which no older pg_restore understands
 * @param provider of its locale: c (the system), i (ICU) or b (built in)
 * @param locale   for the last two
 * @param roles    all that its objects belong to, or that have privileges on them
 * @param settings of the database itself, as name=value
 * @param needs    of the server that it comes to
 */
public record DatabaseOrigin(String name, String owner, int server, int tools, long size, String encoding,
        String provider, String collate, String ctype, String locale, List<String> extensions, List<String> roles,
        List<String> settings, DatabaseNeeds needs) {

    public DatabaseOrigin {
        extensions = List.copyOf(extensions);
        roles = List.copyOf(roles);
        settings = List.copyOf(settings);
    }

    static DatabaseOrigin of(String name, JsonObject json) {
        return new DatabaseOrigin(name, json.getString("owner"), json.getInt("server"), json.getInt("tools"),
                json.getLong("size"), json.getString("encoding"), json.getString("provider"),
                json.getString("collate", ""), json.getString("ctype", ""), json.getString("locale", ""),
                texts(json, "extensions"), texts(json, "roles"), texts(json, "settings"),
                DatabaseNeeds.of(json));
    }

    /** For a manifest, and back. */
    JsonObject json() {
        var json = JsonObject.builder().value("owner", owner).value("server", server).value("tools", tools)
                .value("size", size).value("encoding", encoding).value("provider", provider)
                .value("collate", collate).value("ctype", ctype).value("locale", locale)
                .array("extensions", extensions).array("roles", roles).array("settings", settings).done();
        json.putAll(needs.json());
        return json;
    }

    /** 15, or 9.6 in the old way of counting: 9. */
    public int major() {
        return server / 10000;
    }

    /** None where there is no such list. */
    static List<String> texts(JsonObject json, String key) {
        var array = json.getArray(key);
        return array == null ? List.of() : array.stream().map(String.class::cast).toList();
    }
}
