package dragonfab.release.site;

import dragonfab.config.Key;
import dragonfab.deb.DebPackage;
import dragonfab.recipe.Run;
import dragonfab.state.TargetState;

/** What a release's database is asked before it is migrated. */
public final class SiteDatabase {
    private SiteDatabase() {
    }

    /** Whether it has no table yet; never where the application has no migrations. It could not be asked: a failure. */
    public static boolean isEmpty(Run run, DebPackage site) {
        var environment = run.environment();
        if (!environment.require(Key.APP, "site-deploy").isDjango() && !environment.has(Key.DB_MIGRATE)) {
            return false;
        }
        var commands = new SiteCommands(new TargetState(environment.application("site-deploy")));
        return run.database().read(commands.tables(site.version().text())).strip().equals("empty");
    }
}
