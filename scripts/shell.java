///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DEPS io.github.dragonfab:dragonfab-lib:0.1.0
//RUNTIME_OPTIONS -XX:+UseSerialGC -Xms32m -XX:MaxNewSize=32m
//DESCRIPTION Opens a shell on the first target.

import dragonfab.container.InteractiveShell;
import dragonfab.recipe.EnvironmentScript;
import dragonfab.recipe.Run;
import picocli.CommandLine.Command;

@Command(name = "shell", description = "Opens a shell on the first target, or on the one that --host names.")
class Shell extends EnvironmentScript {

    public static void main(String... args) {
        System.exit(new Shell().start(args));
    }

    @Override
    protected void steps(Run run) {
        InteractiveShell.open(run);
    }
}
