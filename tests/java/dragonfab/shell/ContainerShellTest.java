package dragonfab.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A way into the container that breaks before anything has run. */
class ContainerShellTest {
    private static final Command ECHO = Command.script("read word; echo \"got $word\"").asking();

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void aCrashAtTheDoorIsTriedAgain() {
        assertEquals(ExitStatus.with(0), run(new Door(2, 134), Input.of("a word\n")));
        assertEquals("got a word\n", out.toString());
    }

    @Test
    void notForever() {
        var door = new Door(9, 139);

        var lost = assertThrows(ConnectionLost.class, () -> run(door, Input.NOTHING));

        assertEquals("cannot enter the container: invalid pointer", lost.getMessage());
        assertEquals(3, door.knocks);
    }

    @Test
    void norForAChangeThatMayYetBeAboutToRun() {
        var door = new Door(1, 134);
        var change = Command.of("true");

        assertThrows(ConnectionLost.class, () -> new ContainerShell(door, "app").execute(change, out, out, null));
        assertEquals(1, door.knocks);
    }

    @Test
    void norWhenTheDoorIsClosed() {
        var door = new Door(1, 1);

        assertThrows(ConnectionLost.class, () -> run(door, Input.NOTHING));
        assertEquals(1, door.knocks);
    }

    @Test
    void norWhenWhatItReadsIsGone() {
        var stream = new Input.Stream(new ByteArrayInputStream("a word\n".getBytes(StandardCharsets.UTF_8)));
        var door = new Door(1, 134);

        assertThrows(ConnectionLost.class, () -> run(door, Input.of("first\n").then(stream)));
        assertEquals(1, door.knocks);
    }

    private ExitStatus run(Door door, Input input) {
        return new ContainerShell(door, "app").execute(ECHO.reading(input), out, OutputStream.nullOutputStream(), null);
    }

    /** The machine that holds the container: its lxc-attach fails so many times, and then runs the command here. */
    private static final class Door implements Shell {
        private final Shell here = new LocalShell(Path.of("").toAbsolutePath(), null);
        private final int failing;
        private final int code;
        private int knocks;

        Door(int failing, int code) {
            this.failing = failing;
            this.code = code;
        }

        @Override
        public String where() {
            return "door";
        }

        @Override
        public ExitStatus execute(Command command, OutputStream out, OutputStream err, Duration limit) {
            if (knocks++ < failing) {
                try {
                    err.write("free(): invalid pointer\n".getBytes(StandardCharsets.UTF_8));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                return ExitStatus.with(code);
            }
            var words = command.words();
            var inside = words.subList(words.indexOf(new Plain("--")) + 1, words.size());
            return here.execute(new Command(inside, command.input(), null, false), out, err, limit);
        }

        @Override
        public int interact(Command command) {
            throw new UnsupportedOperationException();
        }
    }
}
