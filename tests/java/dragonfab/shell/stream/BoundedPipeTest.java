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

    private final BoundedPipe passage = new BoundedPipe();
    private final byte[] much = new byte[5_000_003];

    @Test
    void allComesInOrderInPiecesOfAnySize() throws Exception {
        new Random(1).nextBytes(much);
        var saying = CompletableFuture.runAsync(() -> {
            try (var mouth = passage.writer()) {
                var sizes = new Random(2);
                for (int done = 0; done < much.length;) {
                    int size = Math.min(sizes.nextInt(300_000), much.length - done);
                    mouth.write(much, done, size);
                    done += size;
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });

        assertArrayEquals(much, assertTimeoutPreemptively(SOON, () -> passage.reader().readAllBytes()));
        saying.get();
    }

    @Test
    void whatWasSaidBeforeTheEndIsHeard() throws IOException {
        passage.writer().write(200);
        passage.writer().close();

        assertEquals(200, passage.reader().read());
        assertEquals(-1, passage.reader().read());
        assertThrows(IOException.class, () -> passage.writer().write(1));
    }

    @Test
    void nobodyWaitsForAnEarThatIsGone() throws Exception {
        var saying = CompletableFuture.supplyAsync(() -> assertThrows(IOException.class,
                () -> passage.writer().write(much)));
        passage.reader().read();
        passage.reader().close();

        assertEquals("Broken pipe", assertTimeoutPreemptively(SOON, () -> saying.get()).getMessage());
    }

    @Test
    void whoWaitsForWordsIsSetFreeByClosing() {
        var hearing = CompletableFuture.supplyAsync(
                () -> assertThrows(IOException.class, () -> passage.reader().read()));
        assertTimeoutPreemptively(SOON, () -> {
            passage.reader().close();
            hearing.get();
        });
    }
}
