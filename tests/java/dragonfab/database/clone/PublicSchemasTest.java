package dragonfab.database.clone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.config.RuleSet;
import dragonfab.lab.Cli;
import dragonfab.lab.Lab;
import dragonfab.lab.OnContainers;
import dragonfab.lab.Postgres;
import dragonfab.shell.Command;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Databases that well-known applications of PyPI made by their own migrations, with personal data in every table. */
@Tag("long")
@OnContainers
class PublicSchemasTest {
    private static final String NAME = Lab.PREFIX + "public";

    private enum Schema {
        OSCAR("[django, allauth, celery, oscar]", "django-oscar==4.2.1 django-allauth[socialaccount]==65.22.1"
                + " django-celery-results==2.6.0 djangorestframework fido2 qrcode"),
        WAGTAIL("[django, wagtail]", "wagtail==8.0.1");

        private final String sets;
        private final String packages;

        Schema(String sets, String packages) {
            this.sets = sets;
            this.packages = packages;
        }

        String database() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static Postgres postgres;
    private static Cli cli;

    @BeforeAll
    static void start() throws IOException {
        postgres = Postgres.start("public");
        Path folder = Files.createTempDirectory("dragonfab-public");
        Files.writeString(folder.resolve("environments.yml"), "environments: {made: {lxc: " + NAME
                + ", trust_local_ca: true, packages: [python3-venv]}}\n");
        cli = Cli.in(folder);
        var init = cli.run("init", "made");
        assertEquals(0, init.exit(), init.toString());
        for (var schema : Schema.values()) {
            postgres.sql("postgres", "create database " + schema.database());
            Lab.run(postgres.inside(), """
                    export PIP_CERT=/etc/ssl/certs/ca-certificates.crt
                    python3 -m venv "/opt/$1"
                    cd "/opt/$1"
                    printf '%s' "$2" > "$1_settings.py"
                    printf '%s' "$4" > common_settings.py
                    bin/pip install -q psycopg2-binary $3
                    chmod -R a+rX .
                    PYTHONPATH=. DJANGO_SETTINGS_MODULE="$1_settings" runuser -u postgres -- bin/django-admin migrate -v 0
                    """, schema.database(), settings(schema.database()), schema.packages, settings("common"));
        }
    }

    @AfterAll
    static void stop() {
        if (postgres != null) {
            postgres.remove();
        }
    }

    private static String settings(String name) throws IOException {
        try (var file = PublicSchemasTest.class.getResourceAsStream(name + "_settings.py")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatWasPlantedIsNamedOrChangedAndLeftNowhere(Schema schema) throws IOException {
        plant(schema);
        rules(schema, List.of());

        var refused = cli.run("db-clone", "copy");
        assertEquals(3, refused.exit(), refused.toString());
        var named = refused.err().lines().map(String::strip).filter(line -> line.matches("[\\w.]+: .*looks personal.*"))
                .map(line -> line.substring(0, line.indexOf(':'))).collect(Collectors.toCollection(TreeSet::new));
        assertFalse(named.contains("wagtailcore_page.path"), refused.err());
        assertEquals(List.of(), named.stream().filter(PublicSchemasTest::hasReadyRule).toList());

        rules(schema, named.stream().map(each -> each + ": text").toList());
        var clone = cli.run("db-clone", "copy");
        assertEquals(0, clone.exit(), clone.toString());

        assertEquals("", said("pg_dump " + schema.database() + "_copy | grep -i -m 3 poison"));
        assertEquals("", said("psql -q -d " + schema.database() + "_copy -c checkpoint; cd $(psql -X -At -c"
                + " 'show data_directory'); grep -rlia poison base/$(psql -X -At -c \"select oid from pg_database where"
                + " datname = '" + schema.database() + "_copy'\")"));
        assertEquals("", said("grep -il poison /var/log/postgresql/*.log"));
        assertFalse((refused.out() + refused.err() + clone.out() + clone.err()).contains("poison"));
        assertEquals("", cli.tool("sh", "-c", "grep -ril poison . || true").out());
        assertTrue(Integer.parseInt(postgres.sql(schema.database() + "_copy", "select count(*) from auth_user")) > 20);
    }

    private static boolean hasReadyRule(String column) {
        return Stream.of(RuleSet.values()).flatMap(set -> set.rules().stream()).anyMatch(rule -> rule.column() == null
                ? column.startsWith(rule.table() + ".") : column.equals(rule.name()));
    }

    private static String said(String script) {
        return postgres.inside().ask(Command.script("cd /; " + script).as("postgres")).text();
    }

    private static void rules(Schema schema, List<String> more) throws IOException {
        Files.writeString(cli.folder().resolve("environments.yml"), """
                environments:
                  source: {lxc: %1$s, db_name: %2$s, db_user: postgres}
                  copy:
                    lxc: %1$s
                    db_name: %2$s_copy
                    db_user: postgres
                    clone_from: source
                    anonymise_sets: %3$s
                    anonymise: {%4$s}
                """.formatted(NAME, schema.database(), schema.sets, String.join(", ", more)));
    }

    /** An address in each column that has room for one, whatever it is for; numbers and names where they are due. */
    private static void plant(Schema schema) {
        postgres.sql(schema.database(), """
                set session_replication_role = replica;
                do $$
                declare of record; names text; made text;
                begin
                    for of in select c.oid, c.relname from pg_class c where relkind = 'r'
                            and relnamespace = 'public'::regnamespace and relname not in ('django_migrations') loop
                        select string_agg(quote_ident(attname), ', '), string_agg(case
                            when attname = 'path' and of.relname = 'wagtailcore_page'
                                then $q$'0009' || upper(lpad(to_hex(i), 4, '0'))$q$
                            when t.typname = 'bool' then 'true'
                            when attname like '%phone%' then $q$'+49 30 901820' || (10 + i)$q$
                            when t.typcategory = 'S' and (atttypmod = -1 or atttypmod > 30)
                                then $q$'poison' || i || '@mail.test'$q$
                            when t.typcategory = 'S' then format($q$lpad(to_hex(i), %s, '0')$q$, greatest(atttypmod - 4, 1))
                            when t.typcategory = 'N' then '20000 + i'
                            when t.typname = 'date' then $q$date '2020-01-01' + i$q$
                            when t.typcategory = 'D' then $q$timestamptz '2020-01-01 12:00' + i * interval '1 hour'$q$
                            when t.typname in ('json', 'jsonb')
                                then $q$format('{"to": [{"mail": "poison%s@mail.test"}]}', i)::jsonb$q$
                            when t.typname = 'inet' then $q$('192.0.2.' || i)::inet$q$
                            when t.typname = 'uuid' then $q$md5(i::text)::uuid$q$
                            when t.typname = 'tsvector' then $q$to_tsvector('simple', 'poison' || i || '@mail.test')$q$
                            else 'null' end, ', ')
                        into names, made
                        from pg_attribute a join pg_type t on t.oid = atttypid
                        where attrelid = of.oid and attnum > 0 and not attisdropped and attgenerated = '';
                        begin
                            execute format('insert into %I (%s) overriding system value select %s from'
                                ' generate_series(1, 40) i', of.relname, names, made);
                        exception when others then
                            raise exception '%: %', of.relname, sqlerrm;
                        end;
                    end loop;
                end $$;
                """);
    }
}
