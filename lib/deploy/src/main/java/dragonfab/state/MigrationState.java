package dragonfab.state;

/** How far the database has come for a release; once begun, the release before it may no longer find its schema. */
public enum MigrationState {
    NONE, BEGUN, FINISHED
}
