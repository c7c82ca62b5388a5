package dragonfab.ops;

import com.grack.nanojson.JsonObject;

/**
 * The journal's word on migrations, line by line.
 *
 * @param before  the state when the newest migration began, to which one returns that touched nothing
 * @param version of the newest release
 */
record Migrated(MigrationState state, MigrationState before, String version) {

    Migrated after(JsonObject line) {
        return switch (line.getString("event", "")) {
            case "intent" -> release(line.getString("version"));
            case "migration" -> migration(line.getString("state", ""), line.getBoolean("untouched", false));
            default -> this;
        };
    }

    /** The same version again finds the database as it left it. */
    private Migrated release(String next) {
        return next.equals(version) ? this : new Migrated(MigrationState.NONE, MigrationState.NONE, next);
    }

    /** One that failed has begun, unless it knows better. */
    private Migrated migration(String word, boolean untouched) {
        return switch (word) {
            case "begun" -> new Migrated(MigrationState.BEGUN, state, version);
            case "finished" -> new Migrated(MigrationState.FINISHED, state, version);
            default -> new Migrated(untouched ? before : MigrationState.BEGUN, before, version);
        };
    }
}
