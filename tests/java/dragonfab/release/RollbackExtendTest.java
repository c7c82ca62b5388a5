package dragonfab.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.shell.LocalShell;
import dragonfab.shell.Result;
import dragonfab.shell.ShellScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An automatic rollback waits for whoever armed it and holds the lock, and for nobody else. */
class RollbackExtendTest {
    @TempDir
    Path folder;

    private Process holder;

    @BeforeEach
    void armed() throws IOException {
        Files.writeString(folder.resolve("owner"), "{\"id\":\"run-1\"}\n");
        holder = new ProcessBuilder("flock", folder + "/lock", "sh", "-c", "echo held; exec cat").start();
        assertEquals('h', holder.getInputStream().read());
        Files.createDirectories(folder.resolve("rollback"));
        write("armed", "run-1\n");
        write("seconds", "600\n");
        write("deadline", "0\n");
    }

    @AfterEach
    void letGo() throws IOException, InterruptedException {
        holder.getOutputStream().close();
        holder.waitFor();
    }

    @Test
    void itWaitsAsLongAgain() throws IOException {
        var before = RollbackArmTest.secondsSinceBoot();

        assertTrue(stay("run-1").ok());
        var deadline = deadline();
        assertTrue(deadline >= before + 600 && deadline <= RollbackArmTest.secondsSinceBoot() + 600, deadline + "");
    }

    @Test
    void anotherRunIsTold() throws IOException {
        var answer = stay("run-2");

        assertEquals(75, answer.ended().code());
        assertEquals("this deploy does not hold the lock any more", answer.err().strip());
        assertEquals(0, deadline());
    }

    @Test
    void whoeverLostTheLockIsTold() throws Exception {
        letGo();

        assertEquals(75, stay("run-1").ended().code());
        assertEquals(0, deadline());
    }

    @Test
    void oneThatWasTakenIsNotArmedAgain() throws IOException {
        Files.delete(folder.resolve("rollback/armed"));

        var answer = stay("run-1");

        assertEquals(75, answer.ended().code());
        assertEquals("it was rolled back already", answer.err().strip());
        assertEquals(0, deadline());
    }

    @Test
    void oneOfBeforeIsNotOurs() throws IOException {
        Files.move(folder.resolve("rollback"), folder.resolve("way-back"));

        assertEquals(75, stay("run-1").ended().code());
        assertEquals("0\n", Files.readString(folder.resolve("way-back/deadline")));
    }

    private Result stay(String run) {
        return new LocalShell(folder, null).ask(ShellScript.after(List.of("state/lock/ours", "state/rollback/armed"),
                "state/rollback/extend", folder, run));
    }

    private long deadline() throws IOException {
        return Long.parseLong(Files.readString(folder.resolve("rollback/deadline")).strip());
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve("rollback").resolve(name), text);
    }
}
