package dragonfab.shell;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.lab.Lab;
import dragonfab.lab.OnContainers;
import dragonfab.lab.ShellContract;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@OnContainers
class ContainerShellLabTest implements ShellContract {
    private static Shell inside;

    @BeforeAll
    static void start() throws IOException {
        inside = Lab.container("shell");
    }

    @AfterAll
    static void remove() {
        Lab.remove("shell");
    }

    @Override
    public Shell shell() {
        return inside;
    }

    @Test
    void theHostsEnvironmentStaysOutside() {
        assertTrue(!inside.ask(Command.of("env")).out().contains("JAVA"));
    }

    @Test
    void aContainerThatIsNotThereIsALostConnectionAndNoExitCode() {
        var gone = new ContainerShell(Lab.HERE, Lab.PREFIX + "nowhere");

        var lost = assertThrows(ConnectionLost.class, () -> gone.ask(Command.of("true")));
        assertTrue(lost.getMessage().startsWith("cannot enter the container"), lost.getMessage());
    }

    @Test
    void aContainerThatStopsUnderACommandIsALostConnection() throws IOException {
        var shell = Lab.container("stops");
        var killer = new Thread(() -> {
            try {
                Thread.sleep(1500);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            Lab.HERE.ask(Command.of("lxc-stop", "-k", "-n", Lab.PREFIX + "stops").asRoot());
        });
        killer.start();

        var lost = assertThrows(ConnectionLost.class, () -> shell.ask(Command.of("sleep", "30")));
        assertTrue(lost.getMessage().startsWith("the container stopped"), lost.getMessage());
        Lab.remove("stops");
    }
}
