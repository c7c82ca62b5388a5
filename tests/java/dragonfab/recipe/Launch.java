package dragonfab.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dragonfab.docs.Wording;
import dragonfab.target.ScriptedConnector;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A script run through its real command line: its exit code and all that it said. */
public record Launch(int exit, String out, String err) {

    /** With an environments.yml of this text; fails when a question was asked that nobody expected. */
    public static Launch of(String environments, String script, ScriptedConnector world, String... arguments) {
        return of(environments, Script.named(script), world, arguments);
    }

    /** With these words and nothing else. */
    public static Launch of(String script, ScriptedConnector world, String... arguments) {
        return scripted(Script.named(script), world, arguments);
    }

    /** As the command that an installation brings. */
    public static Launch installed(String script, ScriptedConnector world, String... arguments) {
        return installedAs("dragonfab", script, world, arguments);
    }

    /** As one that is typed with its path. */
    public static Launch installedAs(String command, String script, ScriptedConnector world, String... arguments) {
        var named = Script.named(script);
        named.starter = name -> List.of(command, name);
        return scripted(named, world, arguments);
    }

    /** For a test that writes a script of its own, and its environments.yml too. */
    public static Launch of(Script script, ScriptedConnector world, String... arguments) {
        return scripted(script, world, arguments);
    }

    /** For a test that writes a script of its own. */
    public static Launch of(String environments, Script script, ScriptedConnector world, String... arguments) {
        return with(environments, arguments, all -> scripted(script, world, all));
    }

    /** In the real world, for the lab. */
    public static Launch real(String environments, String script, String... arguments) {
        return real(environments, Script.named(script), arguments);
    }

    /** In the real world, for a test that writes a script of its own. */
    public static Launch real(String environments, Script script, String... arguments) {
        return with(environments, arguments, all -> captured(script, all));
    }

    /**
     * Its output has none of the words that we had before. How long a step took says only how busy this machine is, and
     * is left out.
     */
    private static Launch scripted(Script script, ScriptedConnector world, String... arguments) {
        script.connector = world;
        var launch = captured(script, arguments);
        if (!world.unexpected().isEmpty()) {
            throw new AssertionError("nobody expected these questions:\n" + String.join("\n", world.unexpected()));
        }
        // A dry run shows whole scripts, comments and all.
        var said = (launch.out() + launch.err()).lines().filter(line -> !line.strip().startsWith("#")).toList();
        assertEquals(List.of(), Wording.complaints("output", said));
        assertEquals(List.of(), ShownRemedies.complaints(launch.err()));
        return new Launch(launch.exit(), launch.out().replaceAll("(?m) \\([0-9.]+ s\\)$", "")
                .replaceAll(" -f \\S*/launch\\d+/environments\\.yml", ""),
                launch.err()
                        .replaceAll("(?m)^((?:try|or|then): .*) -f \\S*/launch\\d+/environments\\.yml", "$1"));
    }

    private static Launch with(String environments, String[] arguments, Function<String[], Launch> work) {
        Path folder = null;
        try {
            folder = Files.createTempDirectory("launch");
            var file = Files.writeString(folder.resolve("environments.yml"), environments);
            var all = new ArrayList<>(List.of("-f", file.toString()));
            all.addAll(List.of(arguments));
            return work.apply(all.toArray(String[]::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            remove(folder);
        }
    }

    private static synchronized Launch captured(Script script, String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var realOut = System.out;
        var realErr = System.err;
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            int exit = script.start(arguments);
            return new Launch(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(realOut);
            System.setErr(realErr);
        }
    }

    private static void remove(Path folder) {
        if (folder == null) {
            return;
        }
        try (var all = Files.walk(folder)) {
            all.sorted(java.util.Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
