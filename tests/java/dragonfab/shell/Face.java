package dragonfab.shell;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How tests name a command: its user and its words as people see them, a shell script by the name of its file.
 *
 * <p>A kept package has SUM for the checksum in its name.
 * {@code [root] lxc-ready guestbook-lxc 60} is what stands in lxc-ready.sh, with its arguments.
 */
public final class Face {
    private static final List<List<String>> PRELUDES = List.of(List.of("database/prelude"),
            List.of("database/prelude", "database/owners", "database/restore.bash"),
            List.of("state/journal/line"), List.of("state/lock/ours"), List.of("media/arriving"),
            List.of("state/tighten", "web/caddy", "web/server", "state/maintenance/switch"));
    private static final List<Word> HERE = List.of(new Plain("none"), new Plain(""), new Plain(""), new Plain(""),
            new Plain(""));
    private static final Map<String, String> SCRIPTS = scripts();

    private Face() {
    }

    public static String of(Command command) {
        var who = command.user() == null ? "" : "[" + command.user() + "] ";
        return (who + words(command).stream().map(Face::shown).collect(Collectors.joining(" ")))
                .replaceAll("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}", "ID")
                .replaceAll("_(all|amd64|arm64)\\.\\w{1,16}\\.deb", "_$1.SUM.deb");
    }

    private static String shown(Word word) {
        return word instanceof Plain plain ? new Plain(named(plain.value())).shown()
                : word instanceof Nested nested ? new Plain(named(nested.command().line())).shown() : word.shown();
    }

    /** A line of shell in which the scripts stand by their names. */
    static String named(String word) {
        for (var script : SCRIPTS.entrySet()) {
            if (word.contains(script.getKey().lines().findFirst().orElse("\0").replaceFirst("'.*", ""))) {
                for (var umask : List.of("umask 022\n", "")) {
                    var text = Command.of(umask + script.getKey()).line() + " ";
                    for (var shell : List.of("sh -c ", "perl -e ")) {
                        // A line that another line takes as a word is quoted once more.
                        word = word.replace(shell + text, "").replace((shell + text).replace("'", "'\\''"), "");
                    }
                }
            }
        }
        return word;
    }

    private static List<Word> words(Command command) {
        var words = command.words();
        boolean script = words.size() > 3 && words.get(2) instanceof Plain
                && (words.get(0).shown() + " " + words.get(1).shown()).matches("(ba)?sh -c|perl -e");
        var name = script ? scriptThatEnds(((Plain) words.get(2)).value()) : null;
        if (name == null) {
            return words;
        }
        // A database of the target's own takes nothing to connect to, and then that is not worth a word.
        boolean own = words.size() >= 9 && words.subList(4, 9).equals(HERE);
        var brief = new java.util.ArrayList<Word>(List.of(new Plain(name)));
        brief.addAll(words.subList(own ? 9 : 4, words.size()));
        return brief;
    }

    /** Before it stand what it needs and the texts that it writes; null where it is none of ours. */
    private static String scriptThatEnds(String text) {
        return SCRIPTS.keySet().stream().filter(text::endsWith).max(Comparator.comparingInt(String::length))
                .map(SCRIPTS::get).orElse(null);
    }

    /** What it reads, each line behind "  < "; secrets as stars, a file by its name. */
    static String input(Command command) {
        var text = command.input() instanceof Input.Words words
                ? words.words().stream().map(word -> word instanceof Plain plain ? plain.value() : word.shown())
                        .collect(Collectors.joining())
                : name(command.input());
        return text.lines().map(line -> "  < " + line + "\n").collect(Collectors.joining());
    }

    private static String name(Input input) {
        if (input instanceof Input.Watched watched) {
            return name(watched.input());
        }
        return input instanceof Input.File file ? "file " + file.path().getFileName() : input.toString();
    }

    private static Map<String, String> scripts() {
        var home = Path.of(System.getProperty("dragonfab.home", ".."));
        var names = new HashMap<String, String>();
        for (var folder : List.of("lib/kernel/src/main/resources", "lib/deploy/src/main/resources",
                "tests/resources")) {
            names.putAll(scripts(home.resolve(folder + "/dragonfab")));
        }
        names.put(ShellScript.joined(List.of("state/step/run", "state/step/follow")), "step");
        names.put(text(ShellScript.printing(Map.of("note", ShellScript.text("release/deb/package/note")),
                List.of("release/deb/package/units", "release/deb/package/pin", "release/lists"),
                "release/deb/package/install")),
                "package-install");
        for (var script : List.of("restore", "remove")) {
            names.put(text(ShellScript.after(List.of("release/deb/package/units",
                    "release/deb/package/conffiles", "release/deb/package/leave", "repository/sources"),
                    "release/deb/package/" + script)), "package-" + script);
        }
        return names;
    }

    private static String text(Command script) {
        return ((Plain) script.words().get(2)).value();
    }

    private static Map<String, String> scripts(Path folder) {
        try (var files = Files.walk(folder)) {
            var names = new HashMap<String, String>();
            for (var file : files.filter(each -> each.toString().matches(".*\\.((ba)?sh|pl)")).toList()) {
                var name = ShellScript.shown(folder.relativize(file).toString());
                names.put(Files.readString(file), name);
                for (var prelude : PRELUDES) {
                    names.put(ShellScript.joined(prelude) + Files.readString(file), name);
                }
            }
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
