package dragonfab.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.release.deb.DebCommands;
import dragonfab.shell.Command;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who holds a site on a target, as the kernel there sees it; questions are answered under the lock. */
@Timeout(30)
class LockHoldTest {
    @TempDir
    Path folder;

    private final List<Process> holders = new ArrayList<>();

    @AfterEach
    void letGo() {
        holders.forEach(Process::destroyForcibly);
    }

    @Test
    void itIsHeldAsLongAsSomebodyIsThere() throws Exception {
        var holder = hold("me");

        assertEquals("held", line(holder));
        assertEquals("me\n", Files.readString(folder.resolve("app/owner")));
        assertFalse(isFree());
        holder.getOutputStream().close();
        assertEquals(0, holder.waitFor());
        assertFalse(Files.exists(folder.resolve("app/owner")));
        assertTrue(isFree());
    }

    @Test
    void itIsFreeWhenTheHolderIsKilled() throws Exception {
        var holder = hold("me");
        line(holder);

        holder.destroyForcibly().waitFor();
        assertTrue(isFree());
    }

    @Test
    void itKeepsTheMarkByWhichItIsFoundAgain() throws Exception {
        var deb = new DebCommands(new TargetState("app"));
        var holder = hold("me", deb.facts(), deb.failing(List.of()));
        lines(holder, 2);

        assertTrue(Files.readString(Path.of("/proc/" + holder.pid() + "/environ"), StandardCharsets.ISO_8859_1)
                .contains("DRAGONFAB_RUN=marked\0"));
    }

    @Test
    void anotherIsToldWhoHasIt() throws Exception {
        line(hold("{\"by\":\"me\"}"));

        assertEquals("75 owner {\"by\":\"me\"}\n", refusal(hold("other")));
    }

    @Test
    void whoeverWaitsGetsItThen() throws Exception {
        var holder = hold("me");
        line(holder);

        var other = hold("other");
        holder.getOutputStream().close();
        assertEquals("held", line(other));
    }

    @Test
    void nobodyGetsItWhileAStepOfTheOneBeforeRuns() throws Exception {
        Files.createDirectories(folder.resolve("app"));
        Files.writeString(folder.resolve("app/owner"), "gone\n");
        var step = new ProcessBuilder("flock", folder + "/app/step.lock", "sh", "-c", "echo runs; exec cat").start();
        holders.add(step);
        line(step);

        assertEquals("75 step gone\n", refusal(hold("me")));
    }

    @Test
    void nobodyGetsItWhereDeploysAreForbidden() throws Exception {
        Files.createDirectories(folder.resolve("app"));
        Files.writeString(folder.resolve("app/hold"), "not today\n");

        assertEquals("75 hold not today\n", refusal(hold("me")));
    }

    @Test
    void eachQuestionIsAnsweredWithItsCode() throws Exception {
        var holder = hold("me", Command.script("echo \"$1\"; read nothing || exit 3", "it's \"one\""),
                Command.perl("here", "print \"@ARGV\\n\"; my $x = 1;", "a b", "c"),
                Command.perl("here", "die \"no\\n\";\n"),
                Command.script("kill -9 $$"), Command.of("no-such-program"), Command.of("true"));

        assertEquals(
                "held|it's \"one\"|answered 3|here a b c|answered 0|answered 1|answered 137|answered 127|answered 0",
                lines(holder, 9));
    }

    @Test
    void whatAQuestionLeavesBehindDoesNotHoldIt() throws Exception {
        var holder = hold("me", Command.script("sleep 20 >/dev/null 2>&1 &"),
                Command.perl("here", "system(\"sleep 20 >/dev/null 2>&1 &\");"));
        lines(holder, 3);

        holder.getOutputStream().close();
        holder.waitFor();
        assertTrue(isFree());
    }

    @Test
    void aFolderThatCannotBeMadeIsSaid() throws Exception {
        Files.writeString(folder.resolve("app"), "a file");

        var holder = hold("me");
        assertTrue(refusal(holder).matches("[1-9]\\d* "));
        var said = new String(holder.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(said.contains(folder + "/app"), said);
    }

    private Process hold(String info, Command... questions) throws IOException {
        var words = TargetState.holding(folder + "/app", 1, info, "answered", List.of(questions)).arguments();
        var builder = new ProcessBuilder(words);
        builder.environment().put("DRAGONFAB_RUN", "marked");
        var holder = builder.start();
        holders.add(holder);
        return holder;
    }

    private static String refusal(Process holder) throws Exception {
        var said = new String(holder.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return holder.waitFor() + " " + said;
    }

    private static String line(Process process) throws IOException {
        return lines(process, 1);
    }

    private static String lines(Process process, int count) throws IOException {
        var lines = new ArrayList<String>();
        var reader = process.inputReader();
        for (int i = 0; i < count; i++) {
            lines.add(reader.readLine());
        }
        return String.join("|", lines);
    }

    private boolean isFree() throws Exception {
        var looking = new ProcessBuilder("flock", "-n", folder + "/app/lock", "true").start();
        return looking.waitFor(5, TimeUnit.SECONDS) && looking.exitValue() == 0;
    }
}
