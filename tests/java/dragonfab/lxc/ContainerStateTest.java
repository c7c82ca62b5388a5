package dragonfab.lxc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dragonfab.shell.ExitStatus;
import dragonfab.shell.Result;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A word of lxc-info that nobody knows is a state of its own: such a container is neither stopped nor missing. */
class ContainerStateTest {

    @ParameterizedTest
    @CsvSource({"0, RUNNING, RUNNING", "0, STOPPED, STOPPED", "0, FROZEN, FROZEN", "0, ABORTING, ABORTING",
        "0, HIBERNATING, UNKNOWN", "0, '', UNKNOWN", "0, MISSING, UNKNOWN", "0, running, UNKNOWN",
        "1, '', MISSING", "127, '', MISSING"})
    void itIsTheWordThatLxcSays(int code, String said, ContainerState state) {
        var answer = new Result(ExitStatus.with(code), (said + "\n").getBytes(StandardCharsets.UTF_8), "");

        assertEquals(state, ContainerState.of(answer));
    }
}
