package dragonfab.container;

import dragonfab.app.AdHocCommand;
import dragonfab.recipe.Run;
import dragonfab.report.Failure;
import dragonfab.report.Remedy;

/** A login shell on the first target, for the person at the terminal. */
public final class InteractiveShell {
    private static final int SSH_FAILED = 255;

    private InteractiveShell() {
    }

    public static void open(Run run) {
        if (run.dry()) {
            run.first().run("open a shell", AdHocCommand.shell());
            return;
        }
        if (!run.consent().attended()) {
            throw Failure.usage("local", "a shell needs a terminal")
                    .remedy(Remedy.script("run", run.environment(), "--help"));
        }
        var remote = run.first();
        // What the last command in the shell said is not our outcome, but ssh says this of itself.
        if (remote.interact(AdHocCommand.shell()) == SSH_FAILED) {
            throw Failure.failed(remote.name(), "the connection was lost: ssh ended with " + SSH_FAILED);
        }
    }
}
