package dragonfab.recipe;

import dragonfab.config.Key;
import dragonfab.report.Failure;
import dragonfab.report.Remedy;
import dragonfab.shell.ssh.Operator;

/** What the person who runs a script is asked before something is lost; options may have answered beforehand. */
public final class Confirmation {
    private final Run run;
    private final CommonOptions options;
    private final Operator person;

    Confirmation(Run run, CommonOptions options, Operator person) {
        this.run = run;
        this.options = options;
        this.person = person;
    }

    /** Whether somebody sits at the terminal, who can be asked and can type. */
    public boolean attended() {
        return person.isThere();
    }

    /** Nobody there to ask, or a protected environment, is a no without --yes. */
    public void require(String loss) {
        if (options.yes || options.dryRun) {
            return;
        }
        var environment = run.environment();
        boolean guarded = environment.get(Key.PROTECTED);
        if (guarded || !attended()) {
            throw Failure.refused(environment.name(), guarded ? "is protected, and " + loss
                    : "nobody is here to ask, and " + loss).remedy(Remedy.again("--yes"));
        }
        if (!run.report().aside(() -> person.agrees(loss + "; go on (yes/no)? "))) {
            throw Failure.refused(environment.name(), "not done, as you said");
        }
    }

    /**
     * Whether a protected environment is asked about before another release runs there; refused where nobody is here to
     * answer. Once for all steps of a run.
     */
    public boolean asksFirst() {
        if (options.yes || options.dryRun || run.isAgreed() || !run.environment().get(Key.PROTECTED)) {
            return false;
        }
        if (!attended()) {
            throw Failure.refused(run.environment().name(), "is protected, and nobody is here to ask whether to go on")
                    .remedy(Remedy.again("--yes"));
        }
        return true;
    }

    /** Before another release runs on a protected environment; what is meant stands above the question. */
    public void requireAgreement(String question) {
        if (!asksFirst()) {
            return;
        }
        if (!agrees(run.environment().name() + " is protected; " + question)) {
            throw Failure.refused(run.environment().name(), "not done, as you said");
        }
        run.agreed();
    }

    /** Whether to go on; --yes has said so beforehand. */
    public boolean agrees(String question) {
        return options.yes || run.report().aside(() -> person.agrees(question + " (yes/no)? "));
    }

    /** Before what nothing mends: asked twice, the second time by the name of the environment or the option. */
    public void requireTwice(String loss, String given) {
        require(loss);
        var name = run.environment().name();
        if (options.dryRun || name.equals(given)) {
            return;
        }
        requireName(loss, loss, given);
    }

    /** Before the data of a protected environment is replaced: its name has to be typed, or given with the option. */
    public void requireByName(String loss, String given) {
        var name = run.environment().name();
        if (options.dryRun || !run.environment().get(Key.PROTECTED) || name.equals(given)) {
            return;
        }
        requireName("is protected, and " + loss, loss, given);
    }

    private void requireName(String refusal, String loss, String given) {
        var name = run.environment().name();
        if (given != null || !attended()) {
            throw Failure.refused(name, refusal).remedy(Remedy.again("--yes-really", name));
        }
        if (!run.report().aside(() -> person.types(loss + "; type " + name + " to go on: ", name))) {
            throw Failure.refused(name, "not done, as you said");
        }
    }
}
