package dragonfab.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One line of a {@code deploy:} sequence. */
public sealed interface SequenceStep permits SequenceStep.Ours, SequenceStep.OnTargets, SequenceStep.Local,
        SequenceStep.Own {
    /** As it stands in the file. */
    String shown();

    /** The targets that it is for. */
    default TargetScope scope() {
        return TargetScope.EVERYWHERE;
    }

    /** Where it runs. */
    ScriptName.Place place();

    /** Whether it is that script of ours. */
    default boolean is(ScriptName script) {
        return false;
    }

    /** Of what is not ours, nobody knows. */
    default boolean changesSite() {
        return true;
    }

    /** A script of ours with its arguments; the environment is not among them. */
    record Ours(ScriptName script, List<String> arguments, TargetScope scope) implements SequenceStep {
        public Ours {
            arguments = List.copyOf(arguments);
        }

        public Ours(ScriptName script, List<String> arguments) {
            this(script, arguments, TargetScope.EVERYWHERE);
        }

        /** The same with more arguments. */
        public Ours with(String... more) {
            return new Ours(script, Stream.concat(arguments.stream(), Stream.of(more)).toList(), scope);
        }

        /** What an option says, as --from staging or --from=staging. */
        public Optional<String> option(String name) {
            int at = arguments.indexOf(name) + 1;
            return at > 0 && at < arguments.size() ? Optional.of(arguments.get(at))
                    : arguments.stream().filter(word -> word.startsWith(name + "="))
                            .map(word -> word.substring(name.length() + 1)).findFirst();
        }

        @Override
        public String shown() {
            return ShellWords.joined(script.typed(), arguments) + scope.shown();
        }

        @Override
        public ScriptName.Place place() {
            return script.place();
        }

        @Override
        public boolean is(ScriptName other) {
            return script == other;
        }

        @Override
        public boolean changesSite() {
            return script.changesSite();
        }
    }

    /** A command for the shell of the targets. */
    record OnTargets(String command, TargetScope scope) implements SequenceStep {
        public OnTargets(String command) {
            this(command, TargetScope.EVERYWHERE);
        }

        @Override
        public String shown() {
            return "run: " + command + scope.shown();
        }

        @Override
        public ScriptName.Place place() {
            return ScriptName.Place.TARGETS;
        }
    }

    /** A command for the shell of this machine, in the folder of environments.yml. */
    record Local(String command) implements SequenceStep {
        @Override
        public String shown() {
            return "local: " + command;
        }

        @Override
        public ScriptName.Place place() {
            return ScriptName.Place.HERE;
        }
    }

    /** A script of the project. */
    record Own(Path script, List<String> arguments) implements SequenceStep {
        public Own {
            arguments = List.copyOf(arguments);
        }

        @Override
        public String shown() {
            return "script: " + ShellWords.joined(script.toString(), arguments);
        }

        @Override
        public ScriptName.Place place() {
            return ScriptName.Place.HERE;
        }
    }
}
