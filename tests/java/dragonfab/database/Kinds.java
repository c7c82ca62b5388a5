package dragonfab.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dragonfab.lab.Postgres;
import dragonfab.shell.ResourceText;
import dragonfab.shell.ShellScript;
import java.util.List;

/** A database with one of each kind of thing that can belong to a role, as the server itself knows them. */
public final class Kinds {
    /** A row for each column of the catalogue that names a role: how often it names that one. */
    private static final String WALK = """
            select format('select %%L, count(*) from %%s where %%s', fktable || '.' || fkcols[1], fktable,
                    case when is_array then format('%%L::regrole = any(%%I)', '%1$s', fkcols[1])
                    else format('%%I = %%L::regrole', fkcols[1], '%1$s') end
                    -- Those of all databases stand in one place.
                    || case fktable::text when 'pg_subscription' then ' and subdbid = (select oid from pg_database
                        where datname = current_database())' else '' end)
                from pg_get_catalog_foreign_keys() where pktable = 'pg_authid'::regclass
                    and fktable::text not in ('pg_database', 'pg_tablespace', 'pg_auth_members', 'pg_db_role_setting')
                order by 1 \\gexec
            """;

    private Kinds() {
    }

    /** As the database kinds of laptop; reader may do some of it. */
    public static void make(Postgres server) {
        server.sql("postgres", """
                select format('create role %I', role) from unnest(array['laptop', 'reader', 'neighbour']) role
                    where role not in (select rolname from pg_roles) \\gexec""");
        server.sql("postgres", "create database kinds owner laptop");
        server.sql("kinds", ResourceText.of("database/kinds.sql"));
    }

    /** Those that a role has nothing of, by the column that would name it. */
    public static List<String> without(Postgres server, String database, String role) {
        return walk(server, database, role).filter(line -> line.endsWith("|0")).map(Kinds::column).toList();
    }

    /** Those that a role has something of. */
    public static List<String> of(Postgres server, String database, String role) {
        return walk(server, database, role).filter(line -> !line.endsWith("|0")).map(Kinds::column).toList();
    }

    /** Whatever names a role has a line in our table. */
    public static void assertNamed(Postgres server) {
        var table = ShellScript.text("database/owners");
        assertEquals("", server.sql("postgres", """
                select fktable || ' ' || unnest(fkcols) from pg_get_catalog_foreign_keys()
                    where pktable = 'pg_authid'::regclass""").lines()
                .filter(line -> !table.contains("('" + line.replace(" ", "', '") + "'"))
                .collect(java.util.stream.Collectors.joining("\n")));
    }

    private static java.util.stream.Stream<String> walk(Postgres server, String database, String role) {
        return server.sql(database, WALK.formatted(role)).lines();
    }

    private static String column(String line) {
        return line.replaceFirst("[|].*", "");
    }
}
