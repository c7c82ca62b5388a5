package dragonfab.recipe;

import dragonfab.config.Suggestion;
import dragonfab.report.Failure;
import dragonfab.report.Remedy;
import java.util.Locale;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** A command line that cannot be read, in one line: the whole usage would hide what is wrong with it. */
final class UsageFailure {
    private UsageFailure() {
    }

    static Failure of(String script, ParameterException wrong) {
        // In front of it stands the script, and no sentence begins there.
        var said = String.join(" ", wrong.getMessage().lines().toList());
        var what = said.substring(0, 1).toLowerCase(Locale.ROOT) + said.substring(1);
        return Failure.usage("", wrong instanceof UnmatchedArgumentException unmatched && unmatched.isUnknownOption()
                ? "unknown option: '" + unmatched.getUnmatched().get(0) + "'" + meant(unmatched)
                : what).remedy(Remedy.script(script, "--help"));
    }

    private static String meant(UnmatchedArgumentException unmatched) {
        var name = unmatched.getUnmatched().get(0).split("=", 2)[0];
        return Suggestion.of(name, unmatched.getCommandLine().getCommandSpec().optionsMap().keySet());
    }
}
