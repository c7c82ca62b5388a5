package dragonfab.database;

import dragonfab.report.Failure;
import dragonfab.report.Remedy;
import dragonfab.shell.Plain;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * A file without a manifest, as other tools write them: it can become one of ours, by way of a database.
 *
 * <p>Nobody knows of it which rows a table has to have, nor what it needs of a server, before it was loaded.
 */
record ForeignDump(Path file) {
    private static final String LOADED = "imported";
    private static final int TAR = 257;
    /** As far in, pg_dump has named the database and pg_dumpall itself. */
    private static final int BEGINNING = 65_536;
    private static final String GZIP = "\u001f\u008b";
    private static final String ZSTD = "(\u00b5/\u00fd";

    /** @param environment whose database is to have it */
    Failure refusal(String environment, Database database) {
        var packed = beginning(false);
        if (packed.startsWith(ZSTD)) {
            var unpacked = file + ".dump";
            return Failure.refused(file.toString(), "has no manifest beside it, and is packed by zstd")
                    .remedy(Remedy.program("zstd", "-d", file, "-o", unpacked)
                            .then(Remedy.script("db-push", environment, unpacked)));
        }
        boolean zipped = packed.startsWith(GZIP);
        var text = zipped ? beginning(true) : packed;
        if (text.contains("-- PostgreSQL database cluster dump")) {
            return Failure
                    .refused(file.toString(), "is of a whole server: psql would write into all databases that it names")
                    .remedy("load it on a server of its own, take the database out of it with pg_dump -Fc, and push"
                            + " that");
        }
        return Failure
                .refused(file.toString(), "has no manifest beside it: it is none of our dumps, or was cut off")
                .remedy(Remedy.advice("load it beside, on the database server as " + database.dba()
                        + ", with the file there; the last two are typed here")
                        .then(Remedy.line("createdb -O " + Plain.quoted(database.user()) + " " + LOADED))
                        .then(Remedy.line(load(database.user(), text, zipped)))
                        .then(Remedy.script("db-dump", environment, "--set", "db_name=" + LOADED))
                        .then(Remedy.script("db-push", environment)));
    }

    private String load(String owner, String text, boolean zipped) {
        var name = Plain.quoted("./" + file.getFileName());
        var unzip = zipped ? "gunzip -c " + name + " | " : "";
        if (text.startsWith("PGDMP") || text.startsWith("ustar", TAR)) {
            return unzip + "pg_restore --no-owner --no-privileges --role=" + Plain.quoted(owner) + " -d " + LOADED
                    + (zipped ? "" : " " + name);
        }
        var psql = "PGOPTIONS=" + Plain.quoted("-c role=" + owner) + " psql -d " + LOADED;
        // Up to there, one made by pg_dump -C drops and makes the database of its own name, which may be the live one.
        return text.contains("\n\\connect ") ? unzip + "sed '1,/^\\\\connect /d' " + (zipped ? "" : name + " ") + "| "
                + psql : zipped ? unzip + psql : psql + " -f " + name;
    }

    /** Its first bytes, by which tools know their files. */
    private String beginning(boolean unzipped) {
        try (var in = Files.newInputStream(file); var read = unzipped ? new GZIPInputStream(in) : in) {
            return new String(read.readNBytes(BEGINNING), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw Failure.unreadable(file, e);
        }
    }
}
