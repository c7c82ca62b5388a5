package dragonfab.config;

import java.nio.file.Path;
import java.util.List;

/** One line of a {@code deploy:} sequence. */
public sealed interface Step permits Step.Ours, Step.OnTargets, Step.Local, Step.Own {
    /** As it stands in the file. */
    String shown();

    /** A script of ours with its arguments; the environment is not among them. */
    record Ours(String script, List<String> arguments) implements Step {
        public Ours {
            arguments = List.copyOf(arguments);
        }

        @Override
        public String shown() {
            return Words.joined(script, arguments);
        }
    }

    /** A command for the shell of every target. */
    record OnTargets(String command) implements Step {
        @Override
        public String shown() {
            return "run: " + command;
        }
    }

    /** A command for the shell of this machine, in the folder of environments.yml. */
    record Local(String command) implements Step {
        @Override
        public String shown() {
            return "local: " + command;
        }
    }

    /** A script of the project. */
    record Own(Path script, List<String> arguments) implements Step {
        public Own {
            arguments = List.copyOf(arguments);
        }

        @Override
        public String shown() {
            return "script: " + Words.joined(script.toString(), arguments);
        }
    }
}
