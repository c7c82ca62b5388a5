package dragonfab.shell;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The scripts that lie among the resources: one for each step that is more than one command.
 *
 * <p>Each is named by its path, as {@code database/swap}, and shown by the end of it, as {@code database-swap}. It is
 * for sh, unless its name says otherwise.
 */
public final class ShellScript {
    private static final String SH = ".sh";
    private static final String BASH = ".bash";
    private static final String PERL = ".pl";
    /** Each is asked of every target. */
    private static final Map<String, String> TEXTS = new ConcurrentHashMap<>();

    private ShellScript() {
    }

    /** The script as a command; its values are arguments and never part of its text. */
    public static Command of(String path, Object... arguments) {
        return after(List.of(), path, arguments);
    }

    /** Behind another script, which hands it what it makes ready. */
    public static Command after(String prelude, String path, Object... arguments) {
        return after(List.of(prelude), path, arguments);
    }

    /** Behind several others. */
    public static Command after(List<String> preludes, String path, Object... arguments) {
        return printing(Map.of(), preludes, path, arguments);
    }

    /**
     * One that writes texts to the target.
     *
     * @param texts each is printed by a function: print_go prints the text "go"
     */
    public static Command printing(Map<String, String> texts, List<String> preludes, String path, Object... arguments) {
        var printers = texts.keySet().stream().sorted().map(each -> printer(each, texts.get(each)));
        var text = umask(path) + printers.collect(Collectors.joining()) + joined(preludes) + text(path);
        var name = shown(path);
        return path.endsWith(PERL) ? Command.perl(name, text, arguments)
                : Command.script(path.endsWith(BASH) ? "bash" : "sh", name, text, arguments);
    }

    /** Those of whoever calls would decide who can write what we make; the application's commands have their own. */
    private static String umask(String path) {
        return path.startsWith("app/") || path.endsWith(PERL) ? "" : "umask 022\n";
    }

    private static String printer(String name, String text) {
        return "print_" + name + "() { cat <<'END OF " + name + "'\n" + text + "END OF " + name + "\n}\n";
    }

    /** The last folder and the name, without what it is written in. */
    public static String shown(String path) {
        var parts = List.of(path.replaceFirst("[.](sh|bash|pl)$", "").split("/"));
        return String.join("-", parts.subList(Math.max(0, parts.size() - 2), parts.size()));
    }

    /** Several as one. */
    public static String joined(List<String> paths) {
        return paths.stream().map(ShellScript::text).collect(Collectors.joining());
    }

    public static String text(String path) {
        return TEXTS.computeIfAbsent(path.contains(".") ? path : path + SH, ResourceText::of);
    }
}
