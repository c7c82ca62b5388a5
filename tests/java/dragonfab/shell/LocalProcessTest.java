package dragonfab.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A program of this machine: nothing of its output is lost, and nothing of its input made up. */
@Tag("slow")
class LocalProcessTest {
    private static final OutputStream NOWHERE = OutputStream.nullOutputStream();

    @Test
    void whatIsTakenSlowlyComesWholeThoughTheProgramEndedLongAgo() throws Exception {
        var slow = new ByteArrayOutputStream() {
            private boolean rested;

            @Override
            public void write(byte[] bytes, int offset, int length) {
                if (!rested) {
                    rested = true;
                    rest();
                }
                super.write(bytes, offset, length);
            }
        };

        assertEquals(0, sh("head -c 120000 /dev/zero").run(slow, NOWHERE, null));
        assertEquals(120_000, slow.size());
    }

    private static void rest() {
        try {
            Thread.sleep(3500);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aDaemonThatKeepsTheStreamsOpenIsNotWaitedFor() throws Exception {
        var out = new ByteArrayOutputStream();
        var began = System.nanoTime();

        assertEquals(3, sh("sleep 20 & echo done; exit 3").run(out, NOWHERE, null));
        assertEquals("done\n", out.toString());
        assertTrue(System.nanoTime() - began < 8_000_000_000L, "it waited");
    }

    @Test
    void anInputThatCannotBeReadIsNoEnd() {
        var broken = new InputStream() {
            private int left = 1000;

            @Override
            public int read() throws IOException {
                if (left-- <= 0) {
                    throw new IOException("the disk is gone");
                }
                return 'x';
            }
        };
        var child = new LocalProcess(List.of("cat"), Path.of("").toAbsolutePath(), new Input.Stream(broken));

        var failure = assertThrows(IOException.class, () -> child.run(NOWHERE, NOWHERE, null));
        assertEquals("its input could not be read: the disk is gone", failure.getMessage());
    }

    @Test
    void anOutputThatCannotBeWrittenEndsTheProgram() {
        var full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        };

        var failure = assertThrows(IOException.class, () -> sh("while :; do echo x; done").run(full, NOWHERE, null));
        assertEquals("its output could not be written: No space left on device", failure.getMessage());
    }

    @Test
    void theLimitEndsItsChildrenToo() throws Exception {
        assertThrows(TimeoutException.class,
                () -> sh("sleep 4719; true").run(NOWHERE, NOWHERE, Duration.ofMillis(500)));
        assertEquals(1, sh("pgrep -f '^sleep 471[9]'").run(NOWHERE, NOWHERE, null));
    }

    private static LocalProcess sh(String script) {
        return new LocalProcess(List.of("sh", "-c", script), Path.of("").toAbsolutePath(), Input.NOTHING);
    }
}
