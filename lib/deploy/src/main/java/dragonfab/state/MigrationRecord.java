package dragonfab.state;

import com.grack.nanojson.JsonObject;
import java.util.List;

/**
 * How far the database has come with one release, by the journal's word.
 *
 * @param before the state when its newest migration began, to which one returns that touched nothing or was undone
 * @param dump   of the database before it: a file of the machine that migrated; empty where there is none
 * @param names  of what was pending then
 */
public record MigrationRecord(MigrationState state, MigrationState before, String dump, List<String> names) {
    public static final MigrationRecord NONE = new MigrationRecord(MigrationState.NONE, MigrationState.NONE, "",
            List.of());

    public MigrationRecord {
        names = List.copyOf(names);
    }

    /** Whether the release before may no longer find its schema. */
    public boolean schemaIsNew() {
        return state != MigrationState.NONE;
    }

    /** One that failed has begun, unless it knows better. */
    MigrationRecord after(JsonObject line) {
        return switch (line.getString("state", "")) {
            case "begun" -> new MigrationRecord(MigrationState.BEGUN, state, line.getString("dump", ""),
                    Journal.strings(line, "pending").orElse(List.of()));
            case "finished" -> in(MigrationState.FINISHED);
            case "undone" -> in(before);
            case "" -> this;
            default -> in(line.getBoolean("untouched", false) ? before : MigrationState.BEGUN);
        };
    }

    private MigrationRecord in(MigrationState next) {
        return new MigrationRecord(next, before, dump, names);
    }
}
