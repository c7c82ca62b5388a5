package dragonfab.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dragonfab.shell.Command;
import dragonfab.shell.ContainerShell;
import dragonfab.shell.Input;
import dragonfab.shell.Shell;
import java.io.IOException;
import java.nio.file.Files;

/** A container with a real PostgreSQL, cloned from one that was baked once in a run. */
public final class Postgres {
    private static final String BAKED = Lab.PREFIX + "pg";

    private final String name;
    private final Shell inside;

    private Postgres(String name) {
        this.name = Lab.PREFIX + name;
        this.inside = new ContainerShell(Lab.HERE, this.name);
    }

    /** A container of Debian 12's PostgreSQL, with these roles. */
    public static Postgres start(String name, String... roles) throws IOException {
        if (!Lab.HERE.ask(Command.of("test", "-d", "/var/lib/lxc/" + BAKED).asRoot()).ok()) {
            bake(Lab.container("pg"));
            Lab.HERE.read(Command.of("lxc-stop", "-n", BAKED).asRoot());
        }
        return cloned(name, "lxc_template: " + BAKED, roles);
    }

    /** The same of another suite. */
    public static Postgres of(String suite, String name, String... roles) throws IOException {
        var made = cloned(name, "lxc_suite: " + suite + ", lxc_template: " + Lab.PREFIX + suite);
        bake(made.inside);
        made.make(roles);
        return made;
    }

    private static void bake(Shell inside) {
        Lab.run(inside, """
                export DEBIAN_FRONTEND=noninteractive
                apt-get -q update
                apt-get -y -q --no-install-recommends install postgresql zstd locales rsync
                """);
    }

    private static Postgres cloned(String name, String keys, String... roles) throws IOException {
        var folder = Files.createTempDirectory("dragonfab-pg");
        Files.writeString(folder.resolve("environments.yml"),
                "environments: {pg: {lxc: " + Lab.PREFIX + name + ", " + keys + "}}\n");
        var made = Cli.in(folder).run("init", "pg");
        assertEquals(0, made.exit(), made.toString());
        var postgres = new Postgres(name);
        postgres.make(roles);
        return postgres;
    }

    private void make(String... roles) {
        for (var role : roles) {
            sql("postgres", "create role \"" + role + "\" login");
        }
    }

    public String name() {
        return name;
    }

    public Shell inside() {
        return inside;
    }

    /** As the dba; what psql prints, without its decoration. */
    public String sql(String database, String text) {
        return inside.read(Command.script("cd /; PGDATABASE=\"$1\" exec psql -X -q -A -t -w -v ON_ERROR_STOP=1",
                database).as("postgres").reading(Input.of(text)));
    }

    /** Tables with rows, a large object and a sequence, alike whenever the seed is. */
    public void fill(String database, String owner, int rows, String seed) {
        sql("postgres", "create database \"" + database.replace("\"", "\"\"") + "\" owner \"" + owner + "\"");
        grow(database, owner, rows, seed);
    }

    public void grow(String database, String owner, int rows, String seed) {
        sql(database, """
                create table entries (id serial primary key, name text not null, body text not null);
                insert into entries (name, body)
                    select '%1$s ' || n, repeat(md5('%1$s' || n), 4) from generate_series(1, %2$s) n;
                create index on entries (body);
                create table tags (entry int references entries, tag text);
                insert into tags select id, 't' || id %% 7 from entries;
                alter table entries owner to "%3$s";
                alter table tags owner to "%3$s";
                select lo_from_bytea(4711, decode(md5('%1$s'), 'hex'));
                """.formatted(seed, rows, owner));
    }

    /** Changes with any row, large object or sequence of the database. */
    public String fingerprint(String database) {
        return sql(database, """
                select count(*), md5(string_agg(e::text, '' order by id)) from entries e;
                select count(*), md5(string_agg(t::text, '' order by entry, tag)) from tags t;
                select md5(string_agg(lo_get(oid)::text, '' order by oid)) from pg_largeobject_metadata;
                select last_value from entries_id_seq;
                """);
    }

    /** When all loads are over, and what they drop behind them is gone. */
    public String databases() {
        Lab.run(inside, """
                for lock in /var/lib/dragonfab/databases/*/lock; do
                    [ ! -e "$lock" ] || flock -w 60 "$lock" true
                done
                """);
        return sql("postgres", "select datname from pg_database where not datistemplate and datname <> 'postgres' "
                + "order by 1");
    }

    public void remove() {
        Lab.remove(name.substring(Lab.PREFIX.length()));
    }
}
