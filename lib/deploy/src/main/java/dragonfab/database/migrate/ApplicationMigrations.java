package dragonfab.database.migrate;

import dragonfab.app.Application;
import dragonfab.config.Environment;
import dragonfab.config.Key;
import dragonfab.shell.Command;
import java.util.List;
import java.util.Optional;

/**
 * The application's own migrations: Django's, or the commands that the environment names in its place.
 *
 * @param own     the environment's command that migrates; null is Django's
 * @param listing the environment's command that prints what is pending; null when there is none
 */
public record ApplicationMigrations(Application application, String own, String listing) {
    private static final String UNAPPLIED = "[ ]";

    /**
     * Nothing where patches are all that there is.
     *
     * @param brought where the release lies that is to know the new schema
     */
    public static Optional<ApplicationMigrations> of(Environment environment, Optional<String> brought) {
        boolean patchesAlone = environment.has(Key.PATCHES) && !environment.has(Key.DB_MIGRATE)
                && !environment.has(Key.MANAGE) && !Fixtures.needDjango(environment);
        if (patchesAlone) {
            return Optional.empty();
        }
        return Optional.of(new ApplicationMigrations(application(environment, brought),
                environment.get(Key.DB_MIGRATE), environment.get(Key.DB_MIGRATE_PENDING)));
    }

    /** The application of the release that is to know the new schema. */
    static Application application(Environment environment, Optional<String> brought) {
        var application = Application.of(environment);
        return brought.map(application::in).orElse(application);
    }

    /** Whether each has a name that Django knows. */
    boolean areDjangos() {
        return own == null && listing == null;
    }

    /** Asks what is pending; nothing when only the command itself could tell. */
    public Optional<Command> question() {
        if (listing != null) {
            return Optional.of(application.command(listing).asking());
        }
        return own == null ? Optional.of(application.manage("showmigrations", "--plan").asking()) : Optional.empty();
    }

    /** The names in an answer, each in one line. */
    public List<String> pending(List<String> answer) {
        var lines = answer.stream().map(String::strip).filter(line -> !line.isEmpty());
        return listing != null ? lines.toList() : lines.filter(line -> line.startsWith(UNAPPLIED))
                .map(line -> line.substring(UNAPPLIED.length()).strip()).toList();
    }

    /** Asks what each migration of Django's needs, for {@link DjangoPlan}. */
    public Command dependencies() {
        return application.manage("showmigrations", "--plan", "-v", "2").asking();
    }

    public String title() {
        return own == null ? "migrate the database" : "migrate the database: " + own;
    }

    public Command migrate() {
        return own == null ? application.manage("migrate", "--noinput") : application.command(own);
    }

    /** Brings one application of Django's up to that migration, with all that it needs. */
    Command migrate(DjangoPlan.Target target) {
        return application.manage("migrate", "--noinput", target.application(), target.migration());
    }
}
