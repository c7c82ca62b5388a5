package dragonfab.repository;

import dragonfab.recipe.Run;
import dragonfab.report.Remedy;
import dragonfab.target.Remote;

/** The machine that holds the apt repository of a run: one that its environment names, or this one. */
final class RepositoryMachine {
    private RepositoryMachine() {
    }

    /** Without making or starting anything. */
    static Remote existing(Run run) {
        var ready = Remedy.script("deb-publish", run.environment().name());
        return AptRepository.place(run.environment()).map(place -> run.places().existing(place, ready))
                .orElseGet(run::here);
    }

    /** A container is made and started. */
    static Remote made(Run run) {
        return AptRepository.place(run.environment()).map(run.places()::made).orElseGet(run::here);
    }
}
