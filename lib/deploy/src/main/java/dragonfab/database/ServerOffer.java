package dragonfab.database;

import com.grack.nanojson.JsonObject;
import dragonfab.report.LongList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a server has for a database that comes, and what its dba may do there.
 *
 * @param versions    of extensions that are installed when none is named, as "citext 1.6"
 * @param tablespaces the dba may use
 * @param collations  of the system
 * @param superusers  all of them
 * @param above       whether the dba is a superuser, or what a provider has in its place
 * @param makesRoles  whether the dba may
 * @param lacking     what the dba may not, and has to; with the remedies
 * @param memberships of the owner
 * @param trusted     extensions that everybody may make
 */
public record ServerOffer(List<String> versions, List<String> tablespaces, List<String> collations,
        List<String> superusers, String dba, boolean above, boolean makesRoles, List<String> lacking,
        List<String> memberships, List<String> trusted) {

    static ServerOffer of(JsonObject json) {
        return new ServerOffer(DatabaseOrigin.texts(json, "default_versions"),
                DatabaseOrigin.texts(json, "usable_tablespaces"), DatabaseOrigin.texts(json, "known_collations"),
                DatabaseOrigin.texts(json, "superusers"), json.getString("dba", ""),
                json.getBoolean("dba_superuser", true), json.getBoolean("dba_makes_roles", true),
                DatabaseOrigin.texts(json, "lacking"), DatabaseOrigin.texts(json, "memberships"),
                DatabaseOrigin.texts(json, "trusted"));
    }

    /** What keeps that database from being loaded. @param roles that are here */
    List<String> obstacles(DatabaseOrigin from, String owner, List<String> roles) {
        var found = new ArrayList<>(lacking);
        var needs = from.needs();
        needs.collations().stream().filter(collation -> !collations.contains(collation)).forEach(collation -> found
                .add("there is no collation " + collation
                        + ": make its locale, then select pg_import_system_collations('pg_catalog')"));
        needs.wrapperOwners().stream().filter(role -> roles.contains(role) && !superusers.contains(role))
                .forEach(role -> found.add("a foreign-data wrapper belongs to " + role + ", who is no superuser here"));
        if (!above) {
            addWhatTakesMore(found, from, owner, roles);
        }
        return found;
    }

    private void addWhatTakesMore(List<String> found, DatabaseOrigin from, String owner, List<String> roles) {
        var needs = from.needs();
        if (!needs.superuserMade().isEmpty()) {
            found.add("only a superuser makes " + LongList.of(needs.superuserMade()) + ", and " + dba + " is none");
        }
        var untrusted = from.extensions().stream().filter(extension -> !trusted.contains(extension)).toList();
        if (!untrusted.isEmpty()) {
            found.add("only a superuser makes the extension " + LongList.of(untrusted) + ", and " + dba + " is none");
        }
        var missing = from.roles().stream().filter(role -> !roles.contains(role)).toList();
        if (!missing.isEmpty() && !makesRoles) {
            found.add("there is no role " + LongList.of(missing) + ", and " + dba
                    + " may make no stand-in: alter role " + dba + " createrole");
        }
        needs.defaulting().stream().filter(role -> roles.contains(role) && !memberships.contains(role))
                .forEach(role -> found.add("there are default privileges of " + role + ", of whom " + owner
                        + " is no member: grant " + role + " to " + owner));
    }

    /** What is not as it was, and does not hinder. */
    List<String> warnings(DatabaseOrigin from) {
        var needs = from.needs();
        var found = new ArrayList<String>();
        if (!missingTablespaces(from).isEmpty()) {
            found.add("there is no tablespace " + LongList.of(missingTablespaces(from))
                    + " to use: all lies in the database's own");
        }
        if (!needs.subscriptions().isEmpty()) {
            found.add("a copy subscribes to nothing: without " + LongList.of(needs.subscriptions()));
        }
        for (var had : needs.versions()) {
            newest(had.split(" ")[0]).filter(here -> isOlder(here, had.split(" ")[1])).ifPresent(here -> found
                    .add("the extension " + had + " comes as " + here + ", which may lack what the data needs"));
        }
        return found;
    }

    List<String> missingTablespaces(DatabaseOrigin from) {
        return from.needs().tablespaces().stream().filter(name -> !tablespaces.contains(name)).toList();
    }

    private Optional<String> newest(String extension) {
        return versions.stream().filter(line -> line.startsWith(extension + " "))
                .map(line -> line.substring(extension.length() + 1)).findFirst();
    }

    /** By their numbers; what is no number is not compared. */
    static boolean isOlder(String here, String there) {
        var ours = here.split("\\.");
        var theirs = there.split("\\.");
        for (int i = 0; i < Math.min(ours.length, theirs.length); i++) {
            if (!(ours[i] + theirs[i]).matches("[0-9]{1,18}")) {
                return false;
            }
            int difference = Long.compare(Long.parseLong(ours[i]), Long.parseLong(theirs[i]));
            if (difference != 0) {
                return difference < 0;
            }
        }
        return ours.length < theirs.length;
    }
}
