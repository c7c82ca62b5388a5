package dragonfab;

import dragonfab.ops.Database;
import picocli.CommandLine.Command;

/** The part of db-clone that comes between load and swap, on its own. */
@Command(name = "db-clone")
public final class CloneOnly extends EnvironmentScript {
    private final String name;

    public CloneOnly(String name) {
        this.name = name;
    }

    @Override
    protected void steps(Run run) {
        new Anonymising(run, run.environment()).apply(run.first(), Database.of(run.environment()), name);
    }
}
