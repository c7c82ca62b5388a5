package dragonfab.docs;

import dragonfab.config.ScriptName;
import dragonfab.recipe.Arguments;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether a command that a page gives to type is one that our programs take; none is run. */
final class CommandCheck {
    static final Set<String> SCRIPTS =
            Arrays.stream(ScriptName.values()).map(ScriptName::typed).collect(Collectors.toSet());
    private static final Set<String> JBANG = Set.of("catalog add", "config set", "trust add", "--version", "--build");
    private static final Set<String> SHELL =
            Set.of("cd", "echo", "for", "git", "ln", "mkdir", "sed", "stat");

    private final Typed typed;
    private final List<Path> folders;

    private CommandCheck(Typed typed, List<Path> folders) {
        this.typed = typed;
        this.folders = folders;
    }

    /** What is wrong with the commands of a page, whose files may lie in a folder that it goes to. */
    static Stream<String> complaints(List<Typed> page) {
        var folders = new ArrayList<>(List.of(Pages.HOME));
        page.stream().filter(typed -> typed.words().get(0).equals("cd")).map(typed -> typed.words().get(1))
                .map(Pages.HOME::resolve).filter(Files::isDirectory).forEach(folders::add);
        return page.stream().flatMap(typed -> new CommandCheck(typed, folders).complaint()
                .map(why -> typed + " -> " + why).stream());
    }

    private Optional<String> complaint() {
        var words = typed.words();
        var program = words.get(0);
        var rest = words.subList(1, words.size());
        if (program.matches("jbang|(\\./)?jbangw")) {
            return jbang(rest.stream().dropWhile(Set.of("--offline", "--quiet", "--fresh")::contains).toList());
        }
        if (program.equals("dragonfab")) {
            return rest.isEmpty() ? Optional.empty() : script(rest.get(0), rest.subList(1, rest.size()));
        }
        if (SCRIPTS.contains(program) && !typed.block()) {
            return rest.isEmpty() ? Optional.empty() : step(program, rest);
        }
        if (program.startsWith("./") || program.startsWith("tests/") && (typed.block() || !rest.isEmpty())) {
            return ours(program, rest);
        }
        if (program.equals("mvn")) {
            return first(rest, word -> word.startsWith("-Dtest="), word -> tests(word.substring(7)));
        }
        if (!typed.block()) {
            return Optional.empty();
        }
        return SHELL.contains(program) ? files(rest) : Optional.of("no command of a page: " + program);
    }

    private Optional<String> jbang(List<String> words) {
        var first = words.isEmpty() ? "" : words.get(0);
        var rest = words.isEmpty() ? words : words.subList(1, words.size());
        if (first.endsWith("@dragonfab")) {
            var name = first.substring(0, first.indexOf('@'));
            return name.equals("NAME") ? Optional.empty() : script(name, rest).or(() -> files(rest));
        }
        if (first.endsWith(".java")) {
            var name = Path.of(first).getFileName().toString().replace(".java", "");
            boolean written = Pages.lines(typed.page()).stream()
                    .anyMatch(line -> line.contains("Command(name = \"" + name + "\""));
            return written ? Optional.empty() : script(name, rest);
        }
        boolean known = words.isEmpty() || JBANG.contains(first) || JBANG.contains(first + " " + rest.get(0));
        return known ? Optional.empty() : Optional.of("nothing that JBang does");
    }

    private static Optional<String> script(String name, List<String> words) {
        return SCRIPTS.contains(name) ? Arguments.refusal(name, words) : Optional.of("no script " + name);
    }

    /** As a sequence has it, which adds the environment by itself. */
    private static Optional<String> step(String name, List<String> words) {
        var without = script(name, words);
        return without.isEmpty() ? without
                : script(name, Stream.concat(Stream.of("ENV"), words.stream()).toList()).map(why -> without.get());
    }

    /** A program of the repository; what it takes, its text has. */
    private static Optional<String> ours(String program, List<String> words) {
        var file = Pages.HOME.resolve(program).normalize();
        if (Files.isDirectory(file)) {
            return Optional.empty();
        }
        if (!Files.isExecutable(file)) {
            return Optional.of("no program " + program);
        }
        var text = text(file);
        return first(words, word -> word.matches("--?[a-z-]+|[a-z]+"), word -> text.contains(word) ? Optional.empty()
                : Optional.of(program + " has no " + word));
    }

    private static Optional<String> tests(String name) {
        try (var files = Files.walk(Pages.HOME.resolve("tests/java"))) {
            return files.anyMatch(file -> file.endsWith(name + ".java")) ? Optional.empty()
                    : Optional.of("no test " + name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<String> files(List<String> words) {
        var named = words.stream().filter(word -> word.matches("[\\w.-]+(/[\\w.-]+)+")).toList();
        var replaced = words.stream().filter(word -> word.matches("s/[^/]+/[^/]*/")).findFirst();
        return first(named, word -> true, word -> {
            var found = folders.stream().map(folder -> folder.resolve(word)).filter(Files::exists).findFirst();
            if (found.isEmpty()) {
                return Optional.of("no file " + word);
            }
            return replaced.map(command -> command.split("/")[1]).filter(text -> !text(found.get()).contains(text))
                    .map(text -> word + " has no '" + text + "'");
        });
    }

    private static Optional<String> first(List<String> words, Predicate<String> which,
            java.util.function.Function<String, Optional<String>> complaint) {
        return words.stream().filter(which).flatMap(word -> complaint.apply(word).stream()).findFirst();
    }

    private static String text(Path file) {
        return String.join("\n", Pages.lines(file));
    }
}
