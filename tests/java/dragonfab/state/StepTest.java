package dragonfab.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.lab.HeldLock;
import dragonfab.lab.Lab;
import dragonfab.lab.OnContainers;
import dragonfab.report.Failure;
import dragonfab.shell.Command;
import dragonfab.shell.ExitStatus;
import dragonfab.shell.Input;
import dragonfab.shell.Shell;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A step of a deploy ends well though nobody waits for it, as a unit of systemd and where there is none. */
@OnContainers
class StepTest {
    private static final TargetState SITE = new TargetState("app");
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static Shell inside;

    @BeforeAll
    static void start() throws IOException {
        inside = Lab.container("step");
        HeldLock.take(inside, SITE);
    }

    @AfterAll
    static void remove() {
        Lab.remove("step");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatItSaysAndHowItEndsComesBack(boolean systemd) {
        var said = new ByteArrayOutputStream();

        var ended = run(systemd, Command.script("cat; echo problem >&2; exit 7").reading(Input.of("read this\n")),
                said);

        assertEquals(7, ended.code(), said.toString());
        assertEquals("read this\nproblem\n", said.toString());
        assertEquals("", inside.ask(Command.script("ls \"$1\"/step/input 2>/dev/null", SITE.folder())).out());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void itGoesOnWhenItsClientIsGoneAndASecondOneFollowsIt(boolean systemd) throws Exception {
        Lab.run(inside, "rm -rf /done \"$1/step\"", SITE.folder());
        var client = new Thread(() -> assertThrows(Failure.class, () -> run(systemd,
                Command.script("echo begun; sleep 8; echo ended; touch /done"), new ByteArrayOutputStream())));
        client.start();
        Lab.run(inside, "for i in $(seq 100); do ! grep -q begun \"$1/step/log\" || exit 0; sleep 0.1; done; exit 1",
                SITE.folder());
        client.interrupt();
        client.join();

        var second = run(systemd, Command.of("true"), new ByteArrayOutputStream());
        var followed = inside.ask(SITE.follow());

        assertEquals(75, second.code());
        assertEquals("begun\nended\n", followed.out());
        assertEquals(0, followed.ended().code());
        assertTrue(inside.ask(Command.of("test", "-e", "/done")).ok());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoeverLostTheLockBeginsNothing(boolean systemd) {
        var said = new ByteArrayOutputStream();

        var ended = execute(systemd, SITE.step("another", "a step", Command.of("touch", "/never"), LIMIT), said);

        assertEquals(75, ended.code(), said.toString());
        assertTrue(said.toString().contains("does not hold the lock any more"), said.toString());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aNameThatWasLeftWhereNobodyHoldsTheLockIsWorthNothing(boolean systemd) {
        HeldLock.letGo(inside);
        var said = new ByteArrayOutputStream();

        var ended = run(systemd, Command.of("touch", "/never"), said);
        HeldLock.take(inside, SITE);

        assertEquals(75, ended.code(), said.toString());
        assertTrue(said.toString().contains("does not hold the lock any more"), said.toString());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatItLeavesBehindLivesOnAndIsInNobodysWay(boolean systemd) {
        var said = new ByteArrayOutputStream();

        assertEquals(0, run(systemd, Command.script("sleep 4851 & echo done"), said).code(), said.toString());
        assertEquals(0, run(systemd, Command.script("sleep 4851 & echo done"), said).code(), said.toString());

        assertEquals("done\ndone\n", said.toString());
        assertEquals("2\n", inside.ask(Command.script("pgrep -fc '^sleep 4851'; pkill -f '^sleep 4851'")).out());
        assertEquals("", inside.ask(SITE.lockFacts()).out().replaceAll("owner .*\n", ""));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatKeepsItOpenIsNamedAndEndedWhenItsTimeIsOver(boolean systemd) {
        for (var script : List.of("(trap '' TERM; sleep 4852; sleep 4852) & echo begun | cat; wait",
                "{ sleep 4852 & } | cat; touch /never")) {
            var said = new ByteArrayOutputStream();

            var ended =
                    execute(systemd, SITE.step("run", "a step", Command.script(script), Duration.ofSeconds(3)), said);

            assertEquals(124, ended.code(), said.toString());
            assertTrue(said.toString().matches("(?s).*it took more than 3 s, and was ended; what kept it:"
                    + " sleep \\(process \\d+: sleep 4852\\)\n"), said.toString());
            assertEquals(1, inside.ask(Command.of("pgrep", "-f", "^sleep 4852")).ended().code());
            assertEquals(0, run(systemd, Command.of("true"), said).code(), said.toString());
        }
    }

    private static ExitStatus run(boolean systemd, Command command, ByteArrayOutputStream said) {
        return execute(systemd, SITE.step("run", "a step", command, LIMIT), said);
    }

    private static ExitStatus execute(boolean systemd, Command command, ByteArrayOutputStream said) {
        var hidden = "mount -t tmpfs none /run/systemd/system && exec \"$@\"";
        return inside.execute(systemd ? command : command.behind("unshare", "-m", "sh", "-c", hidden, "sh"), said, said,
                Duration.ofSeconds(60));
    }
}
