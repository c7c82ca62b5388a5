package dragonfab.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a person typed to start this run, so that a remedy can be typed the same way.
 *
 * @param arguments   the words behind the script, as they were typed
 * @param environment the environment that was named; null where none was
 * @param everywhere  options that another script needs as well, as {@code -f FILE}
 * @param there       options that hold for that environment alone, as {@code --set KEY=VALUE}
 */
public record Invocation(Starter starter, String script, List<String> arguments, String environment,
        List<String> everywhere, List<String> there) {
    /** Where nobody said how it was started. */
    public static final Invocation UNKNOWN =
            new Invocation(Starter.ALIAS, "", List.of(), null, List.of(), List.of());
    private static final String END_OF_OPTIONS = "--";

    public Invocation {
        arguments = List.copyOf(arguments);
        everywhere = List.copyOf(everywhere);
        there = List.copyOf(there);
    }

    /** A command by its name, not by where it lies on this machine. */
    Invocation shared() {
        return new Invocation(name -> {
            var words = new ArrayList<>(starter.script(name));
            var command = Path.of(words.get(0));
            if (command.isAbsolute()) {
                words.set(0, command.getFileName().toString());
            }
            return words;
        }, script, arguments, environment, everywhere, there);
    }

    /** Another script, its first word being the environment unless it needs none. */
    List<String> other(String name, List<String> words) {
        var options = new ArrayList<>(everywhere);
        if (!words.isEmpty() && words.get(0).equals(environment)) {
            options.addAll(there);
        }
        return joined(starter.script(name), inserted(words, options));
    }

    /** Another script for the environment of this run. */
    List<String> here(String name, List<String> words) {
        return other(name, environment == null ? words : joined(List.of(environment), words));
    }

    /** The same command, with options that it had not. */
    List<String> again(List<String> more) {
        return joined(starter.script(script),
                arguments.containsAll(more) ? arguments : inserted(without(arguments, more), more));
    }

    /** Options may stand once, so what was typed gives way to another value. */
    private static List<String> without(List<String> typed, List<String> options) {
        var left = new ArrayList<String>();
        for (int i = 0; i < typed.size(); i++) {
            var word = typed.get(i);
            if (word.equals(END_OF_OPTIONS)) {
                left.addAll(typed.subList(i, typed.size()));
                break;
            }
            int at = Remedy.isOption(word) ? options.indexOf(word.split("=", 2)[0]) : -1;
            if (at < 0) {
                left.add(word);
            } else if (!word.contains("=") && hasValue(options, at) && hasValue(typed, i)) {
                i++;
            }
        }
        return left;
    }

    private static boolean hasValue(List<String> words, int at) {
        return at + 1 < words.size() && !Remedy.isOption(words.get(at + 1));
    }

    private static List<String> joined(List<String> first, List<String> rest) {
        var all = new ArrayList<>(first);
        all.addAll(rest);
        return all;
    }

    /** What stands behind -- belongs to another program. */
    private static List<String> inserted(List<String> words, List<String> options) {
        var all = new ArrayList<>(words);
        int end = words.indexOf(END_OF_OPTIONS);
        all.addAll(end < 0 ? words.size() : end, options);
        return all;
    }
}
