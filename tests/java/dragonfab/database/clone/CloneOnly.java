package dragonfab.database.clone;

import dragonfab.database.Database;
import dragonfab.recipe.EnvironmentScript;
import dragonfab.recipe.Run;
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
        var anonymiser = new Anonymiser(run, run.environment());
        anonymiser.anonymise(run.first(), Database.of(run.environment()), name);
        anonymiser.adapt(run.first(), Database.of(run.environment()), name);
    }
}
