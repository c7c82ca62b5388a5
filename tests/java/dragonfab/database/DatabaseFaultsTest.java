package dragonfab.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.lab.Cli;
import dragonfab.lab.Lab;
import dragonfab.lab.OnContainers;
import dragonfab.lab.Postgres;
import dragonfab.shell.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Something is killed, cut off or full at a random moment, and the database is the old or the new one, whole.
 *
 * <p>A case can be run again with its seed: -Ddragonfab.faults.seed=N.
 */
@OnContainers
class DatabaseFaultsTest {
    private static final long SEED = Long.getLong("dragonfab.faults.seed", System.nanoTime());
    /** A program is there for a short while only: it is waited for, and killed a moment later. */
    private static final String KILL = """
            timeout 20 sh -c 'until pgrep -x "$1"; do :; done' sh "$1" >/dev/null || exit
            [ "$2" = 0 ] || sleep "$2"
            pkill -KILL -x "$1"
            """;

    private static final Set<String> PROGRAMS = Set.of("pg_dump", "pg_restore", "psql", "perl");

    private static Postgres server;
    private static Cli cli;
    private static Path folder;
    private static long cloneMs;
    private static long dumpMs;

    @BeforeAll
    static void start() throws IOException {
        server = Postgres.start("faults", "app");
        Lab.run(server.inside(), """
                systemctl stop postgresql@15-main
                mkdir /srv/pg
                mount -t tmpfs -o size=1500m,mode=0755 none /srv/pg
                mv /var/lib/postgresql/15/main /srv/pg/main
                ln -s /srv/pg/main /var/lib/postgresql/15/main
                systemctl start postgresql@15-main
                """);
        server.fill("one", "app", 40_000, "source");
        server.fill("two", "app", 100, "target");
        for (var database : new String[] {"one", "two"}) {
            server.sql(database, "create table pictures (id int, data bytea);"
                    + " alter table pictures alter column data set storage external");
        }
        // Enough to come beside the archive.
        server.sql("one", "insert into pictures select n, decode(repeat(md5(n::text), 65536), 'hex')"
                + " from generate_series(1, 66) n");
        folder = Files.createTempDirectory("dragonfab-faults");
        Files.writeString(folder.resolve("environments.yml"), """
                environments:
                  __all__: {lxc: %s, db_user: app, keep_dumps: 3}
                  one: {db_name: one}
                  two: {db_name: two, clone_from: one, anonymise: {(large objects): keep, pictures.data: keep}}
                """.formatted(server.name()));
        cli = Cli.in(folder);
        cloneMs = usual("db-clone", "two");
        dumpMs = usual("db-dump", "one");
    }

    /** How long a script takes when all is warm; the first run takes up to twice as long. */
    private static long usual(String script, String environment) {
        var shortest = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            var begun = System.nanoTime();
            good(script, environment);
            shortest = Math.min(shortest, (System.nanoTime() - begun) / 1_000_000);
        }
        return shortest;
    }

    @AfterAll
    static void stop() {
        server.remove();
    }

    /** Half of them, others with every run; all of them by -Ddragonfab.long=true. */
    private static int moments(int all) {
        return Boolean.getBoolean("dragonfab.long") ? all : (all + 1) / 2;
    }

    @ParameterizedTest
    @CsvSource({"client, 12", "pg_dump, 6", "pg_restore, 8", "psql, 5", "perl, 5", "postgres, 6", "line, 6", "disk, 5"})
    void aCloneWithAFaultLeavesTheOldOrTheNewDatabase(String fault, int all) throws Exception {
        int times = moments(all);
        int old = 0;
        int failed = 0;
        int runs = 0;
        for (int i = 0; i < times || failed == 0 && i < times * 3; i++) {
            var what = fault + " " + i + ", seed " + SEED;
            server.sql("one", "update entries set name = 'now " + fault + i + SEED + "' where id = 7");
            var wanted = state("one");
            var before = state("two");

            var exit = broken(fault, i, times, cloneMs, "db-clone", "two");

            var after = state("two");
            assertTrue(after.equals(before) || after.equals(wanted), what + ": neither old nor new");
            assertTrue(exit != 0 || after.equals(wanted), what + ": said well and is not");
            runs++;
            old += after.equals(before) ? 1 : 0;
            failed += exit == 0 ? 0 : 1;
        }
        assertTrue(failed > 0, "no " + fault + " came in time, seed " + SEED);
        good("db-clone", "two");
        assertEquals("one\ntwo\ntwo__old", server.databases());
        assertEquals("", server.sql("postgres", "select rolname from pg_roles where shobj_description(oid, 'pg_authid')"
                + " is not null and rolname <> 'postgres'"));
        assertEquals("lock", server.inside().read(Command.of("ls", "-A", "/var/lib/dragonfab/databases/two")));
        System.out.println("faults: clone, " + fault + ": " + runs + " runs, " + old + " left the old database, "
                + (runs - old) + " the new one");
    }

    @ParameterizedTest
    @CsvSource({"client, 8", "pg_dump, 5", "postgres, 4", "line, 5"})
    void aDumpWithAFaultCountsOnlyWhenItIsWhole(String fault, int all) throws Exception {
        int times = moments(all);
        for (int i = 0; i < times; i++) {
            var before = named();
            var exit = broken(fault, i, times, dumpMs, "db-dump", "one", "--set", "keep_dumps=100");

            assertTrue(exit == 0 || named() == before || fault.equals("client"), fault + " " + i + ", seed " + SEED);
            good("db-dump", "one", "--verify");
        }
        good("db-dump", "one");
        assertEquals(0, Files.list(folder.resolve("dumps")).filter(file -> file.toString().endsWith(".part")).count());
        System.out.println("faults: dump, " + fault + ": " + times + " runs");
    }

    @Test
    void aFullDiskHereLeavesTheDumpsThatWereThere() throws IOException {
        var small = Files.createTempDirectory("dragonfab-small");
        Lab.run(Lab.HERE, "mount -t tmpfs -o size=2m,mode=0777 none \"$1\"", small);
        try {
            Files.write(small.resolve("ballast"), new byte[1_500_000]);
            var dump = cli.run("db-dump", "one", "--set", "dump_dir=" + small.resolve("dumps"));

            assertEquals(1, dump.exit(), dump.toString());
            assertTrue(dump.err().contains("No space left on device"), dump.err());
            assertEquals(".gitignore\n.lock", Lab.HERE.read(Command.of("ls", "-A", small.resolve("dumps"))));
        } finally {
            Lab.run(Lab.HERE, "umount \"$1\"", small);
        }
    }

    /**
     * Runs a script with the fault in the given one of so many equal parts of its time, at a moment of the seed, waits
     * until all is quiet again, and returns its code.
     */
    private static int broken(String fault, int part, int parts, long usual, String script, String... arguments)
            throws Exception {
        var within = new SplittableRandom(SEED * 31 + (script + fault).hashCode() * 17L + part).nextDouble();
        var moment = (long) ((part % parts + within) / parts * usual);
        var running = cli.start(script, arguments);
        if (!PROGRAMS.contains(fault)) {
            Thread.sleep(moment);
        }
        switch (fault) {
            case "client" -> running.destroyForcibly();
            case "line" -> Lab.HERE.ask(Command.script("""
                    for i in $(seq 100); do
                        if pkill -KILL -f "lxc-attach -n $1 "; then exit 0; fi
                        sleep 0.02
                    done""", server.name()).asRoot());
            case "disk" -> server.inside().ask(Command.script("""
                    fallocate -l "$(df -P -B1 /srv/pg | awk 'NR == 2 { print $4 - 200000 }')" /srv/pg/ballast"""));
            // The first at once, and those after the last: the others may all come too late.
            default -> server.inside().ask(Command.script(KILL, fault,
                    part == 0 || part >= parts ? "0" : moment % 400 / 1000.0));
        }
        running.waitFor();
        server.inside().ask(Command.script("""
                rm -f /srv/pg/ballast
                [ ! -e /var/lib/dragonfab/databases/two/lock ] || flock -w 60 /var/lib/dragonfab/databases/two/lock true
                systemctl reset-failed postgresql@15-main
                systemctl start postgresql@15-main
                for i in $(seq 100); do pg_isready -q && exit 0; sleep 0.1; done
                """));
        return running.exitValue();
    }

    private static String state(String database) {
        return server.fingerprint(database) + server.sql(database,
                "select count(*), md5(string_agg(md5(data), '' order by id)) from pictures");
    }

    private static long named() throws IOException {
        try (var files = Files.list(folder.resolve("dumps"))) {
            return files.filter(file -> file.toString().endsWith(".zst")).count();
        }
    }

    private static void good(String script, String... arguments) {
        var ran = cli.run(script, arguments);
        assertEquals(0, ran.exit(), ran + ", seed " + SEED);
    }
}
