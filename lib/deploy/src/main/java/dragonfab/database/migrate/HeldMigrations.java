package dragonfab.database.migrate;

import dragonfab.config.Environment;
import dragonfab.config.Key;
import dragonfab.database.Database;
import dragonfab.report.Failure;
import dragonfab.target.Remote;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What Django is not to do yet. */
final class HeldMigrations {
    private final DatabaseMemory memory;
    private final List<String> names;
    private final List<String> waiting;
    private final List<DjangoPlan.Target> targets;

    private HeldMigrations(DatabaseMemory memory, List<String> names, List<String> waiting,
            List<DjangoPlan.Target> targets) {
        this.memory = memory;
        this.names = names;
        this.waiting = waiting;
        this.targets = targets;
    }

    /** Asks the database only where something is pending. */
    static HeldMigrations of(Remote remote, Environment environment, Optional<ApplicationMigrations> own,
            List<String> pending, Optional<DatabaseMemory> known) {
        boolean possible = own.filter(ApplicationMigrations::areDjangos).isPresent() && !pending.isEmpty()
                && environment.has(Key.DB_NAME);
        var memory = known.or(() -> possible
                ? Optional.of(MemoryQuestion.of(Database.of(environment), remote, environment.name()))
                : Optional.empty()).orElse(DatabaseMemory.of(List.of()));
        var held = pending.stream().filter(memory.held()::containsKey).toList();
        if (!possible || held.isEmpty()) {
            return new HeldMigrations(memory, List.of(), List.of(), List.of());
        }
        var plan = plan(remote, own.get());
        var without = plan.without(Set.copyOf(held));
        return new HeldMigrations(memory, held,
                pending.stream().filter(without::contains).filter(name -> !held.contains(name)).toList(),
                plan.targets(without));
    }

    private static DjangoPlan plan(Remote remote, ApplicationMigrations own) {
        var answer = remote.ask(own.dependencies());
        if (!answer.ok()) {
            throw Failure.failed(remote.name(), "what the pending migrations need is unknown: " + answer.ended())
                    .of(own.dependencies().brief(), (answer.out() + answer.err()).lines().toList());
        }
        return DjangoPlan.of(answer.lines());
    }

    /** Without those that are held back and those that wait for them. */
    List<String> due(List<String> pending) {
        var without = new TreeSet<>(names);
        without.addAll(waiting);
        return pending.stream().filter(name -> !without.contains(name)).toList();
    }

    /** Of the database, as far as it was asked. */
    DatabaseMemory memory() {
        return memory;
    }

    /** Those of the pending migrations that somebody holds back, in their order. */
    List<String> names() {
        return names;
    }

    /** Those that need one of them. */
    List<String> waiting() {
        return waiting;
    }

    /** How far each application goes without them; nothing where none is held. */
    List<DjangoPlan.Target> targets() {
        return targets;
    }
}
