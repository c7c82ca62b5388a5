package dragonfab.recipe;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;

/** What a script takes of words that somebody types; nothing is run. */
public final class Arguments {
    /** Made once each, for to read its annotations takes longer than to read the words. */
    private static final Map<String, CommandLine> LINES = new HashMap<>();

    private Arguments() {
    }

    /** Why the script does not take these words. */
    public static Optional<String> refusal(String script, List<String> words) {
        try {
            line(script).parseArgs(words.toArray(String[]::new));
            return Optional.empty();
        } catch (CommandLine.ParameterException e) {
            return Optional.of(e.getMessage());
        }
    }

    /** The names of its options. */
    public static Set<String> options(String script) {
        return line(script).getCommandSpec().optionsMap().keySet();
    }

    private static CommandLine line(String script) {
        return LINES.computeIfAbsent(script, name -> Script.commandLine(Script.named(name)));
    }
}
