package dragonfab.recipe;

import dragonfab.config.Suggestion;
import dragonfab.report.Failure;
import dragonfab.report.Remedy;
import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
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
                : isNoneOfTheWords(wrong) ? noneOfTheWords(wrong.getArgSpec(), wrong.getValue()) : what)
                .remedy(Remedy.script(script, "--help"));
    }

    private static String meant(UnmatchedArgumentException unmatched) {
        var name = unmatched.getUnmatched().get(0).split("=", 2)[0];
        return Suggestion.of(name, unmatched.getCommandLine().getCommandSpec().optionsMap().keySet());
    }

    private static boolean isNoneOfTheWords(ParameterException wrong) {
        return wrong.getArgSpec() != null && wrong.getArgSpec().type().isEnum() && wrong.getValue() != null;
    }

    /** In the letters in which they are typed and documented. */
    private static String noneOfTheWords(ArgSpec spec, String typed) {
        var words = Arrays.stream(spec.type().getEnumConstants())
                .map(word -> word.toString().toLowerCase(Locale.ROOT)).toList();
        var option = spec instanceof OptionSpec named ? named.longestName() + ": " : "";
        return option + typed + ": not one of " + String.join(", ", words.subList(0, words.size() - 1)) + " or "
                + words.get(words.size() - 1) + Suggestion.of(typed, words);
    }
}
