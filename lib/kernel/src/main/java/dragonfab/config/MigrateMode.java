package dragonfab.config;

/** How a deploy of a site migrates its database, before the new release serves. */
public enum MigrateMode {
    /** It does not, but where the database is empty. */
    OFF,
    /** While the old release serves, with which the new schema has to go. */
    COMPATIBLE,
    /** While visitors get the maintenance page. */
    MAINTENANCE
}
