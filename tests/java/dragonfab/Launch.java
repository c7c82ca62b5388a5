package dragonfab;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A script run through its real command line, in a scripted world: its exit code and all that it said. */
public record Launch(int exit, String out, String err) {

    /** With an environments.yml of this text; fails when a question was asked that nobody expected. */
    public static Launch of(String environments, Script script, ScriptedWorld world, String... arguments) {
        Path folder = null;
        try {
            folder = Files.createTempDirectory("launch");
            var file = Files.writeString(folder.resolve("environments.yml"), environments);
            var all = new ArrayList<>(List.of("-f", file.toString()));
            all.addAll(List.of(arguments));
            return of(script, world, all.toArray(String[]::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            remove(folder);
        }
    }

    /** With these words and nothing else. */
    public static synchronized Launch of(Script script, ScriptedWorld world, String... arguments) {
        script.world = world;
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var realOut = System.out;
        var realErr = System.err;
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        int exit;
        try {
            exit = script.start(arguments);
        } finally {
            System.setOut(realOut);
            System.setErr(realErr);
        }
        if (!world.unexpected().isEmpty()) {
            throw new AssertionError("nobody expected these questions:\n" + String.join("\n", world.unexpected()));
        }
        return new Launch(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static void remove(Path folder) {
        if (folder != null) {
            for (var file : folder.toFile().listFiles()) {
                file.delete();
            }
            folder.toFile().delete();
        }
    }
}
