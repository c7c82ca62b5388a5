package dragonfab.shell.ssh;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PaceTest {
    @Test
    void dozensBeginOneAfterTheOther() {
        var begun = IntStream.range(0, 12).parallel().mapToObj(host -> {
            Pace.keep();
            return System.nanoTime();
        }).sorted().toList();

        // Eleven times four milliseconds; a sleep is never shorter than was asked for by more than the clock's step.
        assertTrue(begun.get(11) - begun.get(0) >= 40_000_000, begun + "");
    }
}
