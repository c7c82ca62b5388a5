///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DEPS io.github.dragonfab:dragonfab-lib:0.1.0
//RUNTIME_OPTIONS -XX:+UseSerialGC -Xms32m -XX:MaxNewSize=32m
//DESCRIPTION Runs a command on every target.

import dragonfab.app.AdHocCommand;
import dragonfab.files.StdinCopy;
import dragonfab.recipe.NamedEnvironmentScript;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "run", description = {"Runs a command on every target, at once: run staging -- uptime",
    "One word is a line for the shell (run staging -- 'uptime; df'); several are a command and its arguments,"
            + " to the letter."})
class Run extends NamedEnvironmentScript {
    @Parameters(index = "1..*", arity = "1..*", paramLabel = "COMMAND", description = "What to run, behind --.")
    List<String> command;

    @ArgGroup
    Who who = new Who();

    @Option(names = "--stdin", description = "Give the command what comes in on standard input.")
    boolean stdin;

    static class Who {
        @Option(names = "--sudo", description = "Run it as root.")
        boolean root;

        @Option(names = "--user", paramLabel = "NAME", description = "Run it as this user.")
        String user;
    }

    public static void main(String... args) {
        System.exit(new Run().start(args));
    }

    @Override
    protected void steps(dragonfab.recipe.Run run) {
        var typed = AdHocCommand.command(command).as(who.root ? "root" : who.user);
        var title = String.join(" ", command);
        if (!stdin || run.dry()) {
            run.eachReached(remote -> remote.relay(title, typed));
            return;
        }
        try (var input = StdinCopy.kept()) {
            run.eachReached(remote -> remote.relay(title, typed.reading(input.again())));
        }
    }
}
