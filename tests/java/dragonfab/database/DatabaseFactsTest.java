package dragonfab.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dragonfab.report.Failure;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a target says of its database, and what can be loaded there. */
class DatabaseFactsTest {
    private static final Database DATABASE = new Database("app", "app", null, null, null, "postgres", null);
    private static final String SERVER = """
            {"server": %s, "exists": false, "leftover": false, "old": false, "all_roles": ["app"], "available": ["plpgsql"]}
            {"tools": %s, "zstd": true, "data": %s}
            """;

    @Test
    void whatFitsHasNoObstacle() {
        assertEquals(List.of(), facts(150004, 15, 1L << 40).obstacles(origin(150020, 15), "app"));
        assertEquals(List.of(), facts(170004, 17, 0).obstacles(origin(150020, 15), "app"));
    }

    @Test
    void allObstaclesAreToldAtOnce() {
        assertEquals(List.of("the server is PostgreSQL 15, and the data is of 17: there is no way down",
                "pg_restore is of PostgreSQL 15, and cannot read what pg_dump of 17 writes: install postgresql-client-17",
                "there is no role other to own it: init makes it",
                "there is no extension citext to install",
                "there is too little room where databases lie: 1100 MB needed, 20 MB free"),
                facts(150004, 15, 20L << 20).obstacles(new DatabaseOrigin("app", "app", 170000, 17, 1000L << 20,
                        "UTF8", "c", "C", "C", "", List.of("plpgsql", "citext"), List.of(), List.of()), "other"));
    }

    @Test
    void anAnswerThatIsNoneIsAFailureThatShowsIt() {
        var failure = assertThrows(Failure.class, () -> DatabaseFacts.of("app1", DATABASE, "psql: no such thing\n"));

        assertEquals("the server's answer is not understood: psql: no such thing", failure.getMessage());
    }

    @Test
    void aManifestIsReadAsItWasWritten() {
        var manifest = new DumpManifest("live", java.time.Instant.parse("2026-01-02T03:04:05Z"), "1.0",
                Compression.ZSTD, 77, "abc",
                List.of("{\"table\" : \"public.b\", \"rows\" : 2}", "{\"table\" : \"public.a\", \"rows\" : 40}"),
                origin(150020, 15));

        assertEquals(manifest, DumpManifest.read("x", manifest.text()));
        assertEquals(42, manifest.total());
    }

    @Test
    void rowsThatDifferAreNamedFromBothSides() {
        assertEquals(List.of("dumped: a 3", "loaded: a 2", "loaded: c 1"),
                DumpManifest.differences(List.of("a 3", "b 1"), List.of("b 1", "a 2", "c 1")));
    }

    private static DatabaseFacts facts(int server, int tools, long data) {
        return DatabaseFacts.of("app1", DATABASE, SERVER.formatted(server, tools, data));
    }

    private static DatabaseOrigin origin(int server, int tools) {
        return new DatabaseOrigin("app", "app", server, tools, 1000, "UTF8", "c", "C.UTF-8", "C.UTF-8", "",
                List.of("plpgsql"), List.of("app", "rea\"der"), List.of("work_mem=8MB"));
    }
}
