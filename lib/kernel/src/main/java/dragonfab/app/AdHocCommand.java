package dragonfab.app;

import dragonfab.shell.Command;
import java.util.List;

/** What a person wants to type: one word is a line for the shell, several are arguments to the letter. */
public final class AdHocCommand {

    private AdHocCommand() {
    }

    public static Command command(List<String> words) {
        return words.size() == 1 ? Command.script(words.get(0)) : Command.of(words.toArray());
    }

    /** A login shell of whoever logs in, at home. */
    public static Command shell() {
        return Command.script("cd; exec \"$(getent passwd \"$(id -un)\" | cut -d: -f7)\" -l");
    }
}
