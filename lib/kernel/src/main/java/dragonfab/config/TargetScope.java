package dragonfab.config;

import java.util.List;
import java.util.Optional;

/**
 * Which targets something is for. A target without roles plays all of them.
 *
 * @param roles any of which a target must play; empty for all targets
 * @param once  whether it is for one of them only: the first that names a role, else the first that plays one
 */
public record TargetScope(List<String> roles, boolean once) {
    public static final TargetScope EVERYWHERE = new TargetScope(List.of(), false);

    private static final TargetScope DATABASE = new TargetScope(List.of("db"), true);

    public TargetScope {
        roles = List.copyOf(roles);
    }

    /** In the order of the file. */
    public List<Target> among(List<Target> targets) {
        var fitting = targets.stream().filter(target -> roles.isEmpty() || target.roles().isEmpty() || names(target))
                .toList();
        return once ? fitting.stream().filter(this::names).findFirst().or(() -> fitting.stream().findFirst())
                .stream().toList() : fitting;
    }

    private boolean names(Target target) {
        return target.roles().stream().anyMatch(roles::contains);
    }

    /** Where the database is worked on: the first target of the role db, else the first of all. */
    public static Optional<Target> database(List<Target> targets) {
        return DATABASE.among(targets).stream().findFirst().or(() -> targets.stream().findFirst());
    }

    /** Behind a step, for people. */
    String shown() {
        var where = roles.isEmpty() ? "" : "on " + String.join(", ", roles);
        return this.equals(EVERYWHERE) ? "" : " (" + (once ? "once" : "") + (once && !roles.isEmpty() ? " " : "")
                + where + ")";
    }
}
