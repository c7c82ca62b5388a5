package dragonfab.deb;

import dragonfab.shell.Command;
import java.util.Optional;

/**
 * For what machines a build is.
 *
 * @param suite the code name of their Debian release
 */
public record TargetMachine(String suite, String architecture) {

    /** Asks a machine what it is. */
    public static Command question() {
        return Build.machine();
    }

    /** @param said its answer @param suite another Debian release that is built for */
    public static TargetMachine of(String said, Optional<String> suite) {
        var words = said.strip().split(" ");
        return new TargetMachine(suite.orElse(words[0]), words[words.length - 1]);
    }

    @Override
    public String toString() {
        return suite + " " + architecture;
    }
}
