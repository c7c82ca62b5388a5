package dragonfab.database.migrate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dragonfab.recipe.EnvironmentScript;
import dragonfab.recipe.Launch;
import dragonfab.recipe.Run;
import dragonfab.shell.Command;
import dragonfab.target.ScriptedConnector;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When the database is dumped: before the first change, where it is wanted, and never for nothing. */
class DatabaseMigrationTest {
    private static final String MIGRATE = "[www-data] app-command - /srv/app 'python3 manage.py' migrate --noinput";
    private static final String PLAN = "[www-data] app-command - /srv/app 'python3 manage.py' showmigrations --plan";

    private final ScriptedConnector world = new ScriptedConnector();

    @picocli.CommandLine.Command(name = "db-migrate")
    private static final class Dumping extends EnvironmentScript {
        @Override
        protected void steps(Run run) {
            new DatabaseMigration(run, remote -> {
                remote.run("dump", Command.of("the-dump"));
                return Path.of("app.dump");
            }).perform();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "db_name: app, protected: true | true",
        "db_name: app, protected: true, dump_before_migrate: false | false",
        "db_name: app, dump_before_migrate: true | true",
        "db_name: app | false",
        "protected: true | false"})
    void aDumpComesBeforeTheFirstChangeWhereItIsWanted(String keys, boolean wanted) {
        world.at("app.test").answering(PLAN, "[ ]  entries.0001_initial\n");

        assertEquals(0, migrate(keys).exit());
        assertEquals("app.test:\n" + (wanted ? "$ the-dump\n" : "") + "$ " + MIGRATE + "\n", world.changes());
    }

    @Test
    void nothingPendingIsNotDumped() {
        world.at("app.test").answering(PLAN, "[X]  entries.0001_initial\n");

        assertEquals(0, migrate("db_name: app, dump_before_migrate: true").exit());
        assertEquals("", world.changes());
    }

    @Test
    void aDumpThatFailsChangesNothing() {
        world.at("app.test").answering(PLAN, "[ ]  entries.0001_initial\n").answering("the-dump", 1, "disk full");

        assertEquals(1, migrate("db_name: app, dump_before_migrate: true").exit());
        assertEquals("app.test:\n$ the-dump\n", world.changes());
    }

    private Launch migrate(String keys) {
        return Launch.of("environments:\n  staging: {hosts: app.test, remote_path: /srv/app, " + keys + "}\n",
                new Dumping(), world, "staging");
    }
}
