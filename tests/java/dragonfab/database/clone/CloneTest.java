package dragonfab.database.clone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.database.Kinds;
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
                  __all__: {db_name: app, anonymise: {entries.name: name, (large objects): keep}}
                  older: {lxc: %1$solder, never_to: [forbidden]}
                  host: {hosts: %2$s, ssh_config: ssh_config}
                  openssh: {hosts: %2$s, ssh_config: ssh_config, transport: openssh}
                  newer: {lxc: %1$snewer, clone_from: older}
                  guarded: {lxc: %1$snewer, protected: true}
                  forbidden: {lxc: %1$snewer}
                  secret:
                    lxc: %1$snewer
                    clone_from: older
                    anonymise: {entries.name: "fixed ${env:FIXED}", (large objects): keep}
                    after_clone: ["update entries set name = name || '${env:AFTER}' where id = 1"]
                  far: {lxc: %1$snewer, db_host: %2$s, dba: boss, dba_password: "${env:BOSS}"}
                  kinds: {lxc: %1$solder, db_name: kinds, db_user: laptop}
                  copy: {lxc: %1$snewer, db_name: copy, db_user: app, anonymise: off}
                  service: {lxc: %1$snewer, db_name: app, db_service: old}
                  tls: {lxc: %1$snewer, db_name: app, db_host: %2$s, dba: chief, dba_password: "${env:BOSS}"}
                  managed17:
                    {lxc: %1$solder, db_host: %3$s, db_name: lent, db_user: lodger, db_password: "${env:BOSS}",
                    dba: landlord, dba_password: "${env:BOSS}"}
                  managed15:
                    {lxc: %1$solder, db_host: %2$s, db_name: lent, db_user: lodger, db_password: "${env:BOSS}",
                    dba: landlord, dba_password: "${env:BOSS}"}
                """.formatted(Lab.PREFIX, Lab.address("older"), Lab.address("newer")));
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
    @Order(5)
    void eachKindOfThingGoesOverToTheOwnerOfAnotherServer() {
        Kinds.assertNamed(newer);
        Kinds.make(older);

        good("db-clone", "copy", "--from", "kinds");

        assertEquals(List.of("pg_event_trigger.evtowner", "pg_extension.extowner", "pg_foreign_data_wrapper.fdwowner",
                "pg_subscription.subowner"), Kinds.without(newer, "copy", "app"));
        assertEquals("postgres\npostgres", newer.sql("copy", "select evtowner::regrole from pg_event_trigger"
                + " union all select fdwowner::regrole from pg_foreign_data_wrapper"));
        assertEquals("0", newer.sql("postgres", "select count(*) from pg_roles where rolname in ('laptop', 'reader')"));
        newer.sql("postgres", "drop database copy");
        older.sql("kinds", "alter subscription heard set (slot_name = none); drop subscription heard");
    }

    /** Before and since PostgreSQL 16, which changed what a role that creates roles may do with them. */
    @ParameterizedTest
    @Order(6)
    @ValueSource(strings = {"managed15", "managed17"})
    void aDbaWhoIsNoSuperuserMakesAndLoadsADatabase(String environment) {
        var server = environment.endsWith("15") ? older : newer;
        Lab.run(server.inside(), """
                cd /etc/postgresql/*/main
                echo 'host all all samenet scram-sha-256' >> pg_hba.conf
                echo "listen_addresses = '*'" >> postgresql.conf
                systemctl restart postgresql
                """);
        server.sql("postgres", "create role landlord login createdb createrole password 'Poison:p\\a''ss'");

        good("init", environment);
        assertTrue(good("init", environment).out().contains("it is there"));
        for (int i = 0; i < 2; i++) {
            good("db-clone", environment, "--from", "older", "--set", "anonymise=off");
        }

        assertEquals("lodger|" + older.sql("app", "select count(*) from entries"),
                server.sql("lent", "select tableowner, (select count(*) from entries)"
                        + " from pg_tables where tablename = 'entries'"));
        // What a swap takes out of use is dropped behind it, under a lock of the machine that asks.
        older.databases();
        assertEquals("lent|lodger\nlent__old|lodger", server.sql("postgres", "select datname, datdba::regrole"
                + " from pg_database where datname like 'lent%' order by 1"));
        good("db-push", environment, "--undo");
        good("db-push", environment, "--prune");
        var refused = cli.run("db-clone", environment, "--from", "kinds", "--set", "anonymise=off");
        assertEquals(3, refused.exit(), refused.toString());
        assertTrue(refused.err().contains("only a superuser makes event trigger alert, function laptops.handler(),"
                + " language own, type laptops.shell, operator class laptops.ints USING btree, "), refused.err());
        assertTrue(refused.err().contains(", and landlord is none"), refused.err());
        server.sql("postgres", "alter role landlord nocreatedb; revoke lodger from landlord cascade");
        refused = cli.run("db-clone", environment, "--from", "older", "--set", "anonymise=off");
        assertEquals(3, refused.exit(), refused.toString());
        assertTrue(refused.err().contains("landlord may not create databases: alter role landlord createdb"),
                refused.err());
        assertEquals("lent", server.sql("postgres", "select datname from pg_database where datname like 'lent%'"));
        server.sql("postgres", "drop database lent; drop role lodger; drop role landlord");
    }

    /** As the files of the login user on the machine that asks say it; psql there would find the same. */
    @Test
    @Order(7)
    void aServerIsReachedAsPsqlReachesIt() {
        Lab.run(older.inside(), """
                cd /etc/postgresql/*/main
                echo 'hostssl all chief samenet scram-sha-256' >> pg_hba.conf
                echo "listen_addresses = '*'" >> postgresql.conf
                systemctl restart postgresql
                """);
        older.sql("postgres", "create role chief login superuser password 'Poison:p\\a''ss'");
        var address = Lab.address("older");
        var certificate = older.inside().read(Command.of("cat", "/etc/ssl/certs/ssl-cert-snakeoil.pem"));
        var name = older.inside().read(Command.script(
                "openssl x509 -in /etc/ssl/certs/ssl-cert-snakeoil.pem -noout -ext subjectAltName | sed -n 's/.*DNS://p'"))
                .strip();
        Lab.run(newer.inside(), """
                printf '%s\\n' "$1" > /root/authority.pem
                printf '[old]\\nhost=%s\\nuser=chief\\ndbname=postgres\\nsslmode=require\\n' "$2" > /root/.pg_service.conf
                printf '%s:*:*:chief:Poison\\\\:p\\\\\\\\a'"'"'ss\\n' "$2" > /root/.pgpass
                chmod 0600 /root/.pgpass
                printf '%s %s\\n' "$2" "$3" >> /etc/hosts
                """, certificate, address, name);

        good("db-dump", "service");
        good("db-dump", "tls", "--set", "db_sslmode=verify-full", "--set", "db_sslrootcert=/root/authority.pem",
                "--set",
                "db_host=" + name);
        good("db-dump", "tls", "--set", "db_sslmode=verify-ca", "--set", "db_sslrootcert=/root/authority.pem");
        for (var doubt : List.of("db_sslrootcert=/root/authority.pem", "db_sslrootcert=/etc/ssl/certs/ISRG_Root_X1.pem",
                "db_sslrootcert=/root/none.pem")) {
            var refused = cli.run("db-dump", "tls", "--set", "db_sslmode=verify-full", "--set", doubt);
            assertEquals(1, refused.exit(), refused.toString());
            assertTrue(refused.err().contains("certificate"), refused.err());
        }
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
