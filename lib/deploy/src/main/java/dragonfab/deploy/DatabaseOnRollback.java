package dragonfab.deploy;

import java.util.Locale;

/** What becomes of a database that the release to be left has migrated. */
public enum DatabaseOnRollback {
    /** It stays: the release before is known to work with it. */
    KEEP,
    /** The dump that was made before the migration comes back; what was written since is lost from the site. */
    RESTORE;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
