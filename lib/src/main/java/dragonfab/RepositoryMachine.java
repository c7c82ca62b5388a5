package dragonfab;

import dragonfab.ops.Repository;

/** The machine that holds the apt repository of a run: one that its environment names, or this one. */
final class RepositoryMachine {
    private RepositoryMachine() {
    }

    /** Without making or starting anything. */
    static Remote asItIs(Run run) {
        return Repository.place(run.environment()).map(run::asItIs).orElseGet(run::here);
    }

    /** A container is made and started. */
    static Remote made(Run run) {
        return Repository.place(run.environment()).map(run::made).orElseGet(run::here);
    }
}
