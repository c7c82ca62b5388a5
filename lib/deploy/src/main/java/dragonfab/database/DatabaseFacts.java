package dragonfab.database;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import dragonfab.report.Failure;
import java.util.List;

/**
 * What a target knows of its database, its server, and the tools and room beside them.
 *
 * @param origin    null where there is no such database yet
 * @param old       whether the database before a swap is there
 * @param zstd      whether the machine has the program
 * @param data      bytes free where databases lie; 0 where nobody knows
 * @param available the extensions that could be made
 * @param offer     of the server
 */
public record DatabaseFacts(DatabaseOrigin origin, int server, int tools, boolean old, boolean zstd, long data,
        List<String> available, List<String> roles, ServerOffer offer) {

    /** Its pg_restore says transaction_timeout to every server. */
    private static final int FIRST_WITH_OWN_TIMEOUT = 17;

    /** @param place who was asked */
    public static DatabaseFacts of(String place, Database database, String lines) {
        try {
            var json = new JsonObject();
            for (var line : lines.lines().toList()) {
                json.putAll(JsonParser.object().from(line));
            }
            return new DatabaseFacts(json.getBoolean("exists") ? DatabaseOrigin.of(database.name(), json) : null,
                    json.getInt("server"), json.getInt("tools"), json.getBoolean("old"), json.getBoolean("zstd"),
                    json.getLong("data"), DatabaseOrigin.texts(json, "available"),
                    DatabaseOrigin.texts(json, "all_roles"), ServerOffer.of(json));
        } catch (JsonParserException e) {
            throw Failure.failed(place, "the server's answer is not understood: " + lines.strip());
        }
    }

    /**
     * Whether large tables of that server can come beside the archive, in the servers' own form: only the same version
     * reads it, and gzip would pass it by.
     */
    public boolean canTakeParts(DatabaseFacts there, Compression compression) {
        return server / 10000 == there.server / 10000 && compression != Compression.GZIP;
    }

    /** Why that database cannot be loaded here; empty when it can, as far as can be known beforehand. */
    public List<String> obstacles(DatabaseOrigin from, String owner) {
        var found = new java.util.ArrayList<String>();
        if (server / 10000 < from.major()) {
            found.add("the server is PostgreSQL " + server / 10000 + ", and the data is of " + from.major()
                    + ": there is no way down");
        }
        if (tools < from.tools()) {
            found.add("pg_restore is of PostgreSQL " + tools + ", and cannot read what pg_dump of " + from.tools()
                    + " writes: install postgresql-client-" + from.tools());
        }
        if (tools >= FIRST_WITH_OWN_TIMEOUT && server / 10000 < FIRST_WITH_OWN_TIMEOUT) {
            found.add("pg_restore is of PostgreSQL " + tools + ", and sets what a server of " + server / 10000
                    + " does not know: install postgresql-client-" + Math.max(server / 10000, from.tools()));
        }
        if (!roles.contains(owner)) {
            found.add("there is no role " + owner + " to own it: init makes it");
        }
        from.extensions().stream().filter(extension -> !available.contains(extension))
                .forEach(extension -> found.add("there is no extension " + extension + " to install"));
        found.addAll(offer.obstacles(from, owner, roles));
        var needed = from.size() + from.size() / 10;
        if (data > 0 && data < needed) {
            found.add("there is too little room where databases lie: " + (needed >> 20) + " MB needed, " + (data >> 20)
                    + " MB free");
        }
        return found;
    }
}
