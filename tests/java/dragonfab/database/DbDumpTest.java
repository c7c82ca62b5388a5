package dragonfab.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dragonfab.files.Checksum;
import dragonfab.recipe.EnvironmentScript;
import dragonfab.recipe.Launch;
import dragonfab.recipe.Run;
import dragonfab.report.Failure;
import dragonfab.target.ScriptedConnector;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Command;

/** Dumps and their names on this machine. */
class DbDumpTest {
    static final String DUMP = "[postgres] database-dump app zstd verified";

    static final String DESCRIBED = """
            {"server": 150004, "exists": true, "old": false, "all_roles": ["app"], "available": []}
            {"size": 1, "owner": "app", "encoding": "UTF8", "collate": "C", "ctype": "C", "provider": "c"}
            {"tools": 15, "zstd": true, "data": 0}
            """;

    @TempDir
    Path folder;

    @Test
    void threeInOneSecondAreThreeAndStayInTheOrderTheyWereMade() throws IOException {
        dump("first");
        dump("second");
        dump("third");

        assertEquals(List.of("first", "second", "third"), texts());
        assertEquals(List.of(".gitignore", ".lock"), files("\\..*"));
        assertEquals(6, files("staging-.*").size());
    }

    @Test
    void theOldestGoFirstAlsoOfThoseOfOneSecond() throws IOException {
        for (var text : List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l")) {
            dump(text, "--set", "keep_dumps=3");
        }

        assertEquals(List.of("j", "k", "l"), texts());
    }

    @Test
    void oldNamesAndNumbersComeInTheOrderTheyWereMade() throws Exception {
        dump("new");
        for (var name : List.of("20260101-000000-10", "20260101-000000-2", "20260101-000000", "20251231-235959-7")) {
            var file = folder.resolve("staging-" + name + ".dump.zst");
            Files.writeString(file, name);
            Files.copy(folder.resolve(files("staging-.*json").get(files("staging-.*json").size() - 1)),
                    file.resolveSibling(file.getFileName() + ".json"));
        }

        assertEquals(List.of("20251231-235959-7", "20260101-000000", "20260101-000000-2", "20260101-000000-10", "new"),
                texts());
    }

    @Test
    void oneWithoutAManifestIsNamedAndTheOthersAreThere() throws IOException {
        for (var text : List.of("first", "second", "third", "fourth")) {
            dump(text);
        }
        var names = names();
        Files.delete(folder.resolve(names.get(0) + ".json"));
        Files.writeString(folder.resolve(names.get(1) + ".json"), "{");

        var list = dumps("--list");
        assertEquals(0, list.exit(), list.toString());
        assertEquals(List.of(names.get(2), names.get(3)), list.out().lines().skip(1)
                .map(row -> row.substring(0, row.indexOf(' '))).toList());
        assertTrue(list.err().contains(names.get(0) + ": has no manifest beside it"), list.err());
        assertTrue(list.err().contains(names.get(1) + ".json: is no manifest of a dump"), list.err());

        var verify = dumps("--verify");
        assertEquals(1, verify.exit(), verify.toString());
        assertTrue(verify.out().contains("verify " + names.get(2)) && verify.out().contains(names.get(3)),
                verify.out());
        assertTrue(verify.err().contains("no manifest tells what it should be: " + names.get(0) + ", " + names.get(1)),
                verify.err());

        dump("fifth", "--set", "keep_dumps=2");
        var kept = files("staging-.*zst");
        assertEquals(4, kept.size());
        assertTrue(kept.containsAll(List.of(names.get(0), names.get(1), names.get(3))), kept.toString());
        assertEquals("fifth", Files.readString(new DumpStore(folder, "staging").newest().file()));
    }

    @Test
    void theNewestIsNoOlderOneWhenItsManifestIsLost() throws IOException {
        dump("first");
        dump("second");
        var newest = names().get(1);
        Files.delete(folder.resolve(newest + ".json"));

        var refused = assertThrows(Failure.class, () -> new DumpStore(folder, "staging").newest());
        assertTrue(refused.place().endsWith(newest), refused.place());
    }

    /** The part of a load that comes last. */
    @Command(name = "db-push")
    private static final class Swapping extends EnvironmentScript {
        @Override
        protected void steps(Run run) {
            var database = Database.of(run.environment());
            DatabaseLoad.on(run.database(), run.environment())
                    .swap(DatabaseFacts.of("app1", database, DESCRIBED).origin());
        }
    }

    @Test
    void theWayBackIsTypedAsItStands() {
        var world = new ScriptedConnector();
        world.at("app1.test").answering("[postgres] database-describe app app", DESCRIBED);

        var launch = Launch.of("environments:\n  staging: {hosts: app1.test, db_name: app}\n", new Swapping(), world,
                "staging");

        assertTrue(launch.out().contains("the database before is app__old, and comes back by "
                + "jbang db-push@dragonfab staging --undo"), launch.toString());
    }

    @Test
    void anotherProcessThatIsWritingKeepsItsNameAndItsPart() throws Exception {
        var at = Instant.parse("2026-12-02T10:00:00Z");
        var other = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-cp",
                System.getProperty("java.class.path"), Writing.class.getName(), folder.toString(), at.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (var said = other.inputReader()) {
            assertEquals("staging-20261202-100000.dump.zst", said.readLine());
            var part = folder.resolve(".staging-20261202-100000.dump.zst.part");

            try (var ours = new DumpStore(folder, "staging").begin(at, Compression.GZIP)) {
                assertEquals("staging-20261202-100000-2.dump", ours.file().getFileName().toString());
                assertTrue(Files.exists(part));
            }
            other.destroyForcibly();
            assertTrue(other.waitFor(20, TimeUnit.SECONDS));

            try (var ours = new DumpStore(folder, "staging").begin(at, Compression.GZIP)) {
                assertEquals("staging-20261202-100000.dump", ours.file().getFileName().toString());
                assertFalse(Files.exists(part));
            }
        }
    }

    /** Begins a dump, and never ends. */
    static final class Writing {
        public static void main(String... arguments) throws Exception {
            var begun = new DumpStore(Path.of(arguments[0]), "staging").begin(Instant.parse(arguments[1]),
                    Compression.ZSTD);
            Files.writeString(begun.file().resolveSibling("." + begun.file().getFileName() + ".part"), "half");
            System.out.println(begun.file().getFileName());
            Thread.sleep(60_000);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "PGDMP... | pg_restore --no-owner --no-privileges --role=app -d imported './their dump'",
        "gz PGDMP... | gunzip -c './their dump' | pg_restore --no-owner --no-privileges --role=app -d imported",
        "-- PostgreSQL database dump | PGOPTIONS='-c role=app' psql -d imported -f './their dump'",
        "gz -- PostgreSQL database dump | gunzip -c './their dump' | PGOPTIONS='-c role=app' psql -d imported",
        "DROP DATABASE app;\n\\connect app\n | sed '1,/^\\\\connect /d' './their dump'"
                + " | PGOPTIONS='-c role=app' psql -d imported",
        "gz DROP DATABASE app;\n\\connect app\n | gunzip -c './their dump' | sed '1,/^\\\\connect /d'"
                + " | PGOPTIONS='-c role=app' psql -d imported"})
    void aFileOfAnotherToolIsRefusedWithTheWayToLoadIt(String all) throws IOException {
        var bytes = all.split(" \\| ", 2);
        var launch = pushed(bytes[0].startsWith("gz ") ? zipped(bytes[0].substring(3)) : bytes(bytes[0]));

        assertTrue(launch.err().contains("has no manifest beside it: it is none of our dumps, or was cut off\n"
                + "try: load it beside, on the database server as postgres, with the file there;"
                + " the last two are typed here\nthen: createdb -O app imported\nthen: " + bytes[1]
                + "\nthen: jbang db-dump@dragonfab staging --set db_name=imported\n"
                + "then: jbang db-push@dragonfab staging\n"), launch.err());
    }

    @Test
    void whatIsPackedByZstdIsUnpackedFirst() throws IOException {
        var file = folder.resolve("their dump");

        assertEquals("db-push: FILE: has no manifest beside it, and is packed by zstd\n"
                + "try: zstd -d 'FILE' -o 'FILE.dump'\nthen: jbang db-push@dragonfab staging 'FILE.dump'\n",
                pushed(bytes("(\u00b5/\u00fd...")).err().replace(file.toString(), "FILE"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aDumpOfAWholeServerIsNotLoaded(boolean zipped) throws IOException {
        var text = "--\n-- PostgreSQL database cluster dump\n--\n";
        var said = pushed(zipped ? zipped(text) : bytes(text)).err();

        assertTrue(said.contains("is of a whole server: psql would write into all databases that it names\n"), said);
        assertFalse(said.contains("imported"), said);
    }

    private Launch pushed(byte[] theirs) throws IOException {
        var file = Files.write(folder.resolve("their dump"), theirs);
        var world = new ScriptedConnector();
        world.at("app1.test").answering("[postgres] database-describe app app", DESCRIBED);
        var launch = Launch.of("environments:\n  staging: {hosts: app1.test, db_name: app}\n", "db-push", world,
                "staging", file.toString());

        assertEquals(3, launch.exit(), launch.err());
        return launch;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] zipped(String text) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(packed)) {
            out.write(bytes(text));
        }
        return packed.toByteArray();
    }

    private List<String> texts() {
        return described().map(dump -> {
            try {
                return Files.readString(dump.file());
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }).toList();
    }

    private List<String> names() {
        return described().map(dump -> dump.file().getFileName().toString()).toList();
    }

    private Stream<DumpStore.Dump> described() {
        return new DumpStore(folder, "staging").list((file, why) -> fail(why)).stream();
    }

    private List<String> files(String pattern) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.matches(pattern)).sorted()
                    .toList();
        }
    }

    private Launch dumps(String option) {
        return Launch.of("environments:\n  staging: {hosts: app1.test, db_name: app, dump_dir: " + folder + "}\n",
                "db-dump", new ScriptedConnector(), "staging", option);
    }

    private void dump(String text, String... options) {
        var world = new ScriptedConnector();
        world.at("app1.test").answering("[postgres] database-describe app app", DESCRIBED).answering(DUMP, 0, text,
                "sha256 " + Checksum.of(text) + "\n");
        var words = Stream.concat(Stream.of("staging"), Stream.of(options)).toArray(String[]::new);
        var launch = Launch.of("environments:\n  staging: {hosts: app1.test, db_name: app, keep_dumps: 5, dump_dir: "
                + folder + "}\n", "db-dump", world, words);
        assertEquals(0, launch.exit(), launch.out() + launch.err());
    }
}
