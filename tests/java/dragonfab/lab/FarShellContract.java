package dragonfab.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.shell.Command;
import dragonfab.shell.ConnectionLost;
import dragonfab.shell.Shell;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every world behind SSH keeps besides: the line may break, and this terminal stays here. */
public interface FarShellContract extends ShellContract {

    FarPlace place();

    @Override
    default Shell shell() {
        return place().shell();
    }

    @Test
    default void aBrokenLineIsNoExitCode() throws Exception {
        try (var shell = place().open()) {
            assertEquals("fine", shell.read(Command.of("echo", "fine")));
            var session = place().server().newestSession();
            var lost = CompletableFuture.supplyAsync(() -> assertThrows(ConnectionLost.class,
                    () -> shell.execute(Command.of("sleep", "20"), NOWHERE, NOWHERE, null)));
            assertThrows(java.util.concurrent.TimeoutException.class, () -> lost.get(1500, TimeUnit.MILLISECONDS));
            place().server().cut(session);

            assertTrue(lost.get().getMessage().contains("connection lost"), lost.get().getMessage());
            assertThrows(ConnectionLost.class, () -> shell.ask(Command.of("true")));
        }
    }

    @Test
    default void theLanguageOfThisTerminalStaysHere() {
        assertEquals("laptop", System.getenv("LC_DRAGONFAB"));
        assertEquals("", shell().read(Command.script("printf %s \"$LC_DRAGONFAB\"")));
    }
}
