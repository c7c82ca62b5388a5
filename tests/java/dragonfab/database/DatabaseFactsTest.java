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
    void toolsThatSayMoreThanTheServerKnowsAreNamed() {
        assertEquals(List.of("pg_restore is of PostgreSQL 17, and sets what a server of 15 does not know:"
                + " install postgresql-client-15"), facts(150004, 17, 0).obstacles(origin(150004, 15), "app"));
    }

    @Test
    void allObstaclesAreToldAtOnce() {
        assertEquals(List.of("the server is PostgreSQL 15, and the data is of 17: there is no way down",
                "pg_restore is of PostgreSQL 15, and cannot read what pg_dump of 17 writes: install postgresql-client-17",
                "there is no role other to own it: init makes it",
                "there is no extension citext to install",
                "there is too little room where databases lie: 1100 MB needed, 20 MB free"),
                facts(150004, 15, 20L << 20).obstacles(new DatabaseOrigin("app", "app", 170000, 17, 1000L << 20,
                        "UTF8", "c", "C", "C", "", List.of("plpgsql", "citext"), List.of(), List.of(),
                        DatabaseNeeds.NONE), "other"));
    }

    @Test
    void whatADbaWhoIsNoSuperuserMayNotIsKnownBeforehand() {
        var facts = DatabaseFacts.of("app1", DATABASE, """
                {"server": 160000, "exists": false, "old": false, "all_roles": ["app", "old"], "available": ["postgis", "citext"]}
                {"dba": "rdsadmin", "dba_superuser": false, "dba_makes_roles": false, "trusted": ["citext"]}
                {"lacking": ["rdsadmin may not create databases: alter role rdsadmin createdb"]}
                {"tools": 16, "zstd": true, "data": 0, "memberships": ["app"], "superusers": ["postgres"]}
                """);

        assertEquals(List.of("rdsadmin may not create databases: alter role rdsadmin createdb",
                "there is no collation de_DE.utf8: make its locale, then select"
                        + " pg_import_system_collations('pg_catalog')",
                "a foreign-data wrapper belongs to old, who is no superuser here",
                "only a superuser makes event trigger log, and rdsadmin is none",
                "only a superuser makes the extension postgis, and rdsadmin is none",
                "there is no role gone, and rdsadmin may make no stand-in: alter role rdsadmin createrole",
                "there are default privileges of old, of whom app is no member: grant old to app"),
                facts.obstacles(needing(List.of()), "app"));
    }

    @Test
    void whatComesOtherwiseIsWarnedOf() {
        var facts = DatabaseFacts.of("app1", DATABASE, SERVER.formatted(150004, 15, 0)
                + "{\"default_versions\": [\"citext 1.9\", \"hstore 1.8\"], \"usable_tablespaces\": [\"fast\"]}");

        assertEquals(List.of("there is no tablespace slow to use: all lies in the database's own",
                "a copy subscribes to nothing: without heard",
                "the extension citext 1.10 comes as 1.9, which may lack what the data needs"),
                facts.offer().warnings(needing(List.of("heard"))));
        assertEquals(List.of("slow"), facts.offer().missingTablespaces(needing(List.of())));
    }

    private static DatabaseOrigin needing(List<String> subscriptions) {
        return new DatabaseOrigin("app", "old", 150000, 15, 1000, "UTF8", "c", "C", "C", "",
                List.of("citext", "postgis"),
                List.of("app", "gone"), List.of(),
                new DatabaseNeeds(List.of("citext 1.10", "hstore 1.8"), List.of("fast", "slow"), List.of("de_DE.utf8"),
                        List.of("old", "unknown"), List.of("old", "gone"), subscriptions,
                        List.of("event trigger log")));
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
                List.of("plpgsql"), List.of("app", "rea\"der"), List.of("work_mem=8MB"), DatabaseNeeds.NONE);
    }
}
