package dragonfab.shell.ssh.sshj;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConnectPacingTest {
    @Test
    void dozensBeginOneAfterTheOther() {
        var before = System.nanoTime();
        var begun = IntStream.range(0, 12).parallel().mapToObj(host -> {
            ConnectPacing.keep();
            return System.nanoTime();
        }).sorted().toList();

        // Eleven times four milliseconds, and no sleep is half a millisecond too short.
        assertTrue(begun.get(11) - before >= 43_000_000, before + " " + begun);
    }
}
