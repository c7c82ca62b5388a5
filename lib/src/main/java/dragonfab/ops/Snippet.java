package dragonfab.ops;

import dragonfab.shell.Command;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The scripts that lie beside these classes: one for each step that is more than one command.
 *
 * <p>They are for sh, unless their names say otherwise.
 */
final class Snippet {
    private static final String BASH = ".bash";
    private static final String PERL = ".pl";
    /** Each is asked of every target. */
    private static final Map<String, String> TEXTS = new ConcurrentHashMap<>();

    private Snippet() {
    }

    /** The script as a command; its values are arguments and never part of its text. */
    static Command of(String name, Object... arguments) {
        return after(List.of(), name, arguments);
    }

    /** The same behind another, which hands it what it makes ready. */
    static Command after(String prelude, String name, Object... arguments) {
        return after(List.of(prelude), name, arguments);
    }

    /** The same behind several. */
    static Command after(List<String> preludes, String name, Object... arguments) {
        return printing(Map.of(), preludes, name, arguments);
    }

    /**
     * One that writes texts to the target.
     *
     * @param texts each is printed by a function: print_go prints the text "go"
     */
    static Command printing(Map<String, String> texts, List<String> preludes, String name, Object... arguments) {
        var printers = texts.keySet().stream().sorted().map(each -> printer(each, texts.get(each)));
        var text = printers.collect(Collectors.joining()) + joined(preludes) + text(name);
        return name.endsWith(PERL) ? Command.perl(name.replace(PERL, ""), text, arguments)
                : name.endsWith(BASH) ? Command.script("bash", name.replace(BASH, ""), text, arguments)
                : Command.script("sh", name, text, arguments);
    }

    private static String printer(String name, String text) {
        return "print_" + name + "() { cat <<'END OF " + name + "'\n" + text + "END OF " + name + "\n}\n";
    }

    /** Several as one. */
    static String joined(List<String> names) {
        return names.stream().map(Snippet::text).collect(Collectors.joining());
    }

    static String text(String name) {
        return TEXTS.computeIfAbsent(name.contains(".") ? name : name + ".sh", Resource::text);
    }
}
