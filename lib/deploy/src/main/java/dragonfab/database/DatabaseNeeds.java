package dragonfab.database;

import com.grack.nanojson.JsonObject;
import java.util.List;

/**
 * What a database has that a server may not have, or not let everybody make.
 *
 * @param versions      of its extensions, as "citext 1.6"
 * @param collations    of the system that it names
 * @param wrapperOwners who own a foreign-data wrapper, which only superusers can
 * @param defaulting    roles with default privileges
 * @param subscriptions which are not loaded
 * @param superuserMade what only a superuser can make, as "event trigger log"
 */
public record DatabaseNeeds(List<String> versions, List<String> tablespaces, List<String> collations,
        List<String> wrapperOwners, List<String> defaulting, List<String> subscriptions,
        List<String> superuserMade) {
    public static final DatabaseNeeds NONE = new DatabaseNeeds(List.of(), List.of(), List.of(), List.of(), List.of(),
            List.of(), List.of());

    public DatabaseNeeds {
        versions = List.copyOf(versions);
        tablespaces = List.copyOf(tablespaces);
        collations = List.copyOf(collations);
        wrapperOwners = List.copyOf(wrapperOwners);
        defaulting = List.copyOf(defaulting);
        subscriptions = List.copyOf(subscriptions);
        superuserMade = List.copyOf(superuserMade);
    }

    /** Of an older manifest nothing is known. */
    static DatabaseNeeds of(JsonObject json) {
        return new DatabaseNeeds(DatabaseOrigin.texts(json, "versions"), DatabaseOrigin.texts(json, "tablespaces"),
                DatabaseOrigin.texts(json, "collations"), DatabaseOrigin.texts(json, "wrapper_owners"),
                DatabaseOrigin.texts(json, "with_defaults"), DatabaseOrigin.texts(json, "subscriptions"),
                DatabaseOrigin.texts(json, "superuser_made"));
    }

    JsonObject json() {
        return JsonObject.builder().array("versions", versions).array("tablespaces", tablespaces)
                .array("collations", collations).array("wrapper_owners", wrapperOwners)
                .array("with_defaults", defaulting).array("subscriptions", subscriptions)
                .array("superuser_made", superuserMade).done();
    }
}
