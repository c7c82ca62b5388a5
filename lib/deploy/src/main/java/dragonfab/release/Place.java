package dragonfab.release;

import dragonfab.config.Environment;
import dragonfab.recipe.Run;
import dragonfab.state.TargetFacts;
import dragonfab.state.TargetState;
import dragonfab.target.Remote;

/**
 * One target as a release finds it: where it is, what its environment wants, what is kept there, and what it answered.
 */
public final class Place {
    private final Run run;
    private final Remote remote;
    private final Environment environment;
    private final TargetState state;
    private final TargetFacts facts;
    private final boolean overwritesDrift;

    Place(Run run, Remote remote, TargetState state, TargetFacts facts, boolean overwritesDrift) {
        this.run = run;
        this.remote = remote;
        this.environment = run.at(remote);
        this.state = state;
        this.facts = facts;
        this.overwritesDrift = overwritesDrift;
    }

    public Run run() {
        return run;
    }

    public Remote remote() {
        return remote;
    }

    /** As that target sees it. */
    public Environment environment() {
        return environment;
    }

    public TargetState state() {
        return state;
    }

    /** From before the first change. */
    public TargetFacts facts() {
        return facts;
    }

    /** Whether somebody wants a new release even where files of the one that runs were edited there. */
    public boolean overwritesDrift() {
        return overwritesDrift;
    }
}
