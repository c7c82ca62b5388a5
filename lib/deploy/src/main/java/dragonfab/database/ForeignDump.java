package dragonfab.database;

import dragonfab.report.Failure;
import dragonfab.report.Remedy;
import dragonfab.shell.Plain;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file without a manifest, as other tools write them: it can become one of ours, by way of a database.
 *
 * <p>Nobody knows of it which rows a table has to have, nor what it needs of a server, before it was loaded.
 */
record ForeignDump(Path file) {
    private static final String LOADED = "imported";
    private static final int TAR = 257;

    /** @param environment whose database is to have it */
    Failure refusal(String environment, Database database) {
        return Failure
                .refused(file.toString(), "has no manifest beside it: it is none of our dumps, or was cut off")
                .remedy(Remedy.advice("load it beside, on the database server as " + database.dba()
                        + ", with the file there; the last two are typed here")
                        .then(Remedy.line("createdb -O " + Plain.quoted(database.user()) + " " + LOADED))
                        .then(Remedy.line(load(database.user())))
                        .then(Remedy.script("db-dump", environment, "--set", "db_name=" + LOADED))
                        .then(Remedy.script("db-push", environment)));
    }

    private String load(String owner) {
        var name = Plain.quoted("./" + file.getFileName());
        var restore = "pg_restore --no-owner --no-privileges --role=" + Plain.quoted(owner) + " -d " + LOADED;
        var psql = "PGOPTIONS=" + Plain.quoted("-c role=" + owner) + " psql -d " + LOADED;
        var head = head();
        if (head.startsWith("PGDMP") || head.startsWith("ustar", TAR)) {
            return restore + " " + name;
        }
        return head.startsWith("\u001f\u008b") ? "gunzip -c " + name + " | " + psql
                : head.startsWith("(\u00b5/\u00fd") ? "zstd -dc " + name + " | " + restore : psql + " -f " + name;
    }

    /** Its first bytes, by which tools know their files. */
    private String head() {
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(TAR + 5), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw Failure.unreadable(file, e);
        }
    }
}
