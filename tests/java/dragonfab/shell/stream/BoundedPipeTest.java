package dragonfab.shell.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Bytes from one thread to another, at whatever pace. */
class BoundedPipeTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final BoundedPipe pipe = new BoundedPipe();
    private final byte[] much = new byte[5_000_003];

    @Test
    void allComesInOrderInPiecesOfAnySize() throws Exception {
        new Random(1).nextBytes(much);
        var saying = CompletableFuture.runAsync(() -> {
            try (var writer = pipe.writer()) {
                var sizes = new Random(2);
                for (int done = 0; done < much.length;) {
                    int size = Math.min(sizes.nextInt(300_000), much.length - done);
                    writer.write(much, done, size);
                    done += size;
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });

        assertArrayEquals(much, assertTimeoutPreemptively(SOON, () -> pipe.reader().readAllBytes()));
        saying.get();
    }

    @Test
    void whatWasSaidBeforeTheEndIsHeard() throws IOException {
        pipe.writer().write(200);
        pipe.writer().close();

        assertEquals(200, pipe.reader().read());
        assertEquals(-1, pipe.reader().read());
        assertThrows(IOException.class, () -> pipe.writer().write(1));
    }

    @Test
    void nobodyWaitsForAnEarThatIsGone() throws Exception {
        var saying = CompletableFuture.supplyAsync(() -> assertThrows(IOException.class,
                () -> pipe.writer().write(much)));
        pipe.reader().read();
        pipe.reader().close();

        assertEquals("Broken pipe", assertTimeoutPreemptively(SOON, () -> saying.get()).getMessage());
    }

    @Test
    void whoWaitsForWordsIsSetFreeByClosing() {
        var reading = CompletableFuture.supplyAsync(
                () -> assertThrows(IOException.class, () -> pipe.reader().read()));
        assertTimeoutPreemptively(SOON, () -> {
            pipe.reader().close();
            reading.get();
        });
    }
}
