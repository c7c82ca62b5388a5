package dragonfab.ops;

import dragonfab.shell.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The shell scripts that lie beside these classes: one for each step that is more than one command. */
final class Snippet {

    private Snippet() {
    }

    /** The script as a command; its values are arguments and never part of its text. */
    static Command of(String name, Object... arguments) {
        return Command.script(name, text(name), arguments);
    }

    static String text(String name) {
        try (var in = Snippet.class.getResourceAsStream(name + ".sh")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
