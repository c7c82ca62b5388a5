package dragonfab.database.clone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.lab.Cli;
import dragonfab.lab.ExecTrace;
import dragonfab.lab.Lab;
import dragonfab.lab.Login;
import dragonfab.lab.OnContainers;
import dragonfab.lab.Postgres;
import dragonfab.shell.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A database goes from Debian 12's PostgreSQL to Debian 13's, by every kind of way. */
@OnContainers
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CloneTest {
    private static Postgres older;
    private static Postgres newer;
    private static Cli cli;

    @BeforeAll
    static void start() throws IOException {
        older = Postgres.start("older", "app");
        newer = Postgres.of("trixie", "newer", "app");
        older.fill("app", "app", 3000, "older");
        Path folder = Files.createTempDirectory("dragonfab-clone");
        Login.in(folder).to("older", older.inside(), "deploy ALL=(ALL) NOPASSWD: ALL");
        Files.writeString(folder.resolve("environments.yml"), """
                environments:
                  __all__: {db_name: app, anonymise: {entries.name: name}}
                  older: {lxc: %1$solder, never_to: [forbidden]}
                  host: {hosts: %2$s, ssh_config: ssh_config}
                  openssh: {hosts: %2$s, ssh_config: ssh_config, transport: openssh}
                  newer: {lxc: %1$snewer, clone_from: older}
                  guarded: {lxc: %1$snewer, protected: true}
                  forbidden: {lxc: %1$snewer}
                  secret:
                    lxc: %1$snewer
                    clone_from: older
                    anonymise: {entries.name: "fixed ${env:FIXED}"}
                    after_clone: ["update entries set name = name || '${env:AFTER}' where id = 1"]
                  far: {lxc: %1$snewer, db_host: %2$s, dba: boss, dba_password: "${env:BOSS}"}
                """.formatted(Lab.PREFIX, Lab.address("older")));
        cli = Cli.in(folder).with("BOSS", "Poison:p\\a'ss");
    }

    @AfterAll
    static void stop() {
        older.remove();
        newer.remove();
        Lab.remove("trixie");
    }

    @Test
    @Order(1)
    void aNewerServerTakesTheDataOfAnOlderOne() {
        good("db-clone", "newer");

        assertSame("newer");
        assertEquals("0", newer.sql("app", "select count(*) from entries where name like 'older %'"));
        assertEquals("app", newer.databases());
    }

    @ParameterizedTest
    @Order(2)
    @ValueSource(strings = {"host", "openssh"})
    void fromAnSshHostItIsTheSame(String host) {
        older.sql("app", "delete from tags where entry = 9; delete from entries where id = 9");
        good("db-clone", "newer", "--from", host);

        assertSame("newer");
        assertEquals("app\napp__old", newer.databases());
    }

    @Test
    @Order(3)
    void aDumpOfAnotherEnvironmentIsACloneOfIt() {
        older.sql("app", "delete from tags where entry = 10; delete from entries where id = 10");
        good("db-dump", "older");
        good("db-clone", "newer", "--cached");
        assertSame("newer");

        var dump = cli.tool("sh", "-c", "ls dumps | grep 'zst$'").out().strip();
        good("db-push", "newer", dump);
        assertSame("newer");
        assertEquals("0", newer.sql("app", "select count(*) from entries where name like 'older %'"));
    }

    /** Programs on both machines and on this one. */
    @Test
    @Order(4)
    void noSecretOfACloneIsAnArgumentOrAWord() throws Exception {
        try (var trace = ExecTrace.of(Lab.PREFIX + "older", Lab.PREFIX + "newer")) {
            for (var options : List.of(List.of("secret", "-v"), List.of("newer", "--from", "far", "-v"))) {
                var ran = Cli.in(cli.folder()).with("BOSS", "p0is0n-boss").with("FIXED", "p0is0n-fixed")
                        .with("AFTER", "p0is0n-after").traced(trace.client())
                        .run("db-clone", options.toArray(String[]::new));
                assertFalse(ran.toString().contains("p0is0n"), ran.toString());
            }
            assertTrue(trace.seen() > 50, String.valueOf(trace.seen()));
            assertEquals(List.of(), trace.startedWith("p0is0n"));
        }
        assertEquals("p0is0n-fixedp0is0n-after", newer.sql("app", "select name from entries where id = 1"));
    }

    @Test
    @Order(4)
    void thereIsNoWayDown() {
        var clone = cli.run("db-clone", "older", "--from", "newer");

        assertEquals(3, clone.exit(), clone.toString());
        assertTrue(clone.err().contains("the server is PostgreSQL 15, and the data is of 17: there is no way down"),
                clone.err());
        assertEquals("app", older.databases());
    }

    @Test
    @Order(5)
    void forbiddenWaysAreRefused() {
        assertEquals(3, cli.run("db-clone", "guarded", "--from", "older").exit());
        assertEquals(3, cli.run("db-clone", "forbidden", "--from", "older").exit());
        assertEquals(3, cli.run("db-push", "forbidden", cli.tool("sh", "-c", "ls dumps | grep 'zst$'").out().strip())
                .exit());
    }

    @Test
    @Order(6)
    void whatNobodyDeclaredStopsTheCloneAndLeavesNothing() {
        var before = newer.fingerprint("app");
        older.sql("app", "alter table entries add email text; update entries set email = 'poison@example.org'");

        var clone = cli.run("db-clone", "newer");

        assertEquals(3, clone.exit(), clone.toString());
        assertTrue(clone.err().contains("entries.email: looks personal"), clone.err());
        assertFalse((clone.out() + clone.err()).contains("poison@"), clone.toString());
        assertEquals(before, newer.fingerprint("app"));
        assertEquals("app\napp__old", newer.databases());
    }

    @Test
    @Order(7)
    void thePasswordOfADbaElsewhereIsSeenNowhere() throws Exception {
        older.sql("postgres", "create role boss login superuser password 'Poison:p\\a''ss'");
        Lab.run(older.inside(), """
                cd /etc/postgresql/15/main
                echo 'host all boss samenet scram-sha-256' >> pg_hba.conf
                echo "listen_addresses = '*'" >> postgresql.conf
                systemctl restart postgresql@15-main
                """);
        var watched = CompletableFuture.supplyAsync(() -> newer.inside().ask(Command.script("""
                for i in $(seq 300); do
                    cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ 2>/dev/null | tr '\\0' '\\n' | grep -a [P]oison
                    sleep 0.02
                done
                """)).out());

        var dump = good("db-dump", "far", "-v");

        assertFalse((dump.out() + dump.err()).contains("Poison"), dump.toString());
        assertEquals("", watched.get());
        assertEquals("", newer.inside().ask(Command.script(
                "grep -rlaF Poison:p /tmp /var /root /home /run /etc 2>/dev/null")).out());
    }

    @Test
    @Order(8)
    void aMissingToolIsNamed() {
        Lab.run(newer.inside(), "mv /usr/bin/pg_dump /usr/bin/pg_dump.gone");
        var dump = cli.run("db-dump", "newer");

        assertEquals(1, dump.exit(), dump.toString());
        assertTrue(dump.err().contains("postgresql-client has to be installed"), dump.err());
    }

    /** All but the names is what the source has. */
    private static void assertSame(String environment) {
        var all = "select count(*), md5(string_agg(id || body, '' order by id)) from entries;"
                + "select count(*), md5(string_agg(t::text, '' order by entry, tag)) from tags t;"
                + "select md5(lo_get(4711)::text);";
        assertEquals(older.sql("app", all), newer.sql("app", all), environment);
    }

    private static Cli.Ran good(String script, String... arguments) {
        var ran = cli.run(script, arguments);
        assertEquals(0, ran.exit(), ran.toString());
        return ran;
    }
}
