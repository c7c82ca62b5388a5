package dragonfab.database.migrate;

import dragonfab.recipe.Launch;
import dragonfab.shell.ScriptedShell;
import dragonfab.target.ScriptedConnector;
import java.util.ArrayList;
import java.util.List;

/** db-migrate on one scripted host. */
abstract class DbMigrating {
    static final String TOOL = "[www-data] app-command - /usr/share/app 'python3 manage.py' ";
    static final String PLAN = TOOL + "showmigrations --plan";
    /** What the database has had, and what is held back. */
    static final String HAD = "[postgres] database-patches app app";
    static final String MIGRATE = TOOL + "migrate --noinput";

    final ScriptedConnector world = new ScriptedConnector();

    static String me() {
        try {
            return System.getProperty("user.name") + "@" + java.net.InetAddress.getLocalHost().getHostName();
        } catch (java.net.UnknownHostException nameless) {
            return System.getProperty("user.name");
        }
    }

    ScriptedShell at() {
        return world.at("app1.test");
    }

    String changes() {
        return world.changes().replaceAll("[0-9a-f]{64}", "SUM").replace(me(), "ME")
                .replaceAll("\"id\":\"[^\"]*\"", "\"id\":\"ID\"").replaceAll("\"at\":\"[^\"]*\"", "\"at\":\"AT\"");
    }

    Launch migrate(String keys, String... options) {
        for (var host : List.of("app1.test", "app2.test")) {
            world.at(host).answering("[root] package-facts app", "architecture amd64\n");
        }
        var words = new ArrayList<>(List.of("staging"));
        words.addAll(List.of(options));
        return Launch.of("environments:\n  staging: {" + keys + "}\n", "db-migrate", world,
                words.toArray(String[]::new));
    }
}
