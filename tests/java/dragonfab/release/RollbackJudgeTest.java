package dragonfab.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.release.deb.DebCommands;
import dragonfab.shell.Command;
import dragonfab.shell.LocalShell;
import dragonfab.shell.ShellScript;
import dragonfab.state.TargetState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A target whose rollback is disabled takes what runs for good only when all that can be asked there is right. */
class RollbackJudgeTest {
    private static final String WELL = "printf '200\\nthis is release 2.0\\n'";

    @TempDir
    Path folder;

    @BeforeEach
    void aReleaseThatIsInstalled() throws IOException {
        Files.createDirectories(folder.resolve("rollback/site"));
        Files.writeString(folder.resolve("rollback/outcome"), "needs attention\n");
        Files.writeString(folder.resolve("dpkg-query"), "#!/bin/sh\necho \"install ok installed|2.0\"\n");
        Files.setPosixFilePermissions(folder.resolve("dpkg-query"), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void whatIsWellIsDone() {
        assertEquals("deployed", judged("2.0", "true", WELL));
    }

    @Test
    void withoutAHealthCheckItsUnitsAreEnough() {
        assertEquals("deployed", judged("2.0", "true"));
    }

    @Test
    void anotherVersionIsNotIt() {
        assertEquals("needs attention", judged("2.1", "true", WELL));
    }

    @Test
    void whatDpkgDidNotFinishIsNotIt() throws IOException {
        Files.writeString(folder.resolve("dpkg-query"), "#!/bin/sh\necho \"install ok half-configured|2.0\"\n");

        assertEquals("needs attention", judged("2.0", "true", WELL));
    }

    @Test
    void aUnitThatDoesNotRunIsNotWell() {
        assertEquals("needs attention", judged("2.0", "echo 'app.service is failed (exit-code)'", WELL));
    }

    @Test
    void anotherStatusIsNotWell() {
        assertEquals("needs attention", judged("2.0", "true", "printf '500\\nthis is release 2.0\\n'"));
    }

    @Test
    void anAnswerWithoutTheTextIsNotWell() {
        assertEquals("needs attention", judged("2.0", "true", "printf '200\\nthis is release 1.0\\n'"));
    }

    @Test
    void aLocaleThatTheTargetLacksIsNoUnitThatFails() {
        assertEquals("deployed", judged("2.0", "perl -e 1", WELL));
    }

    @Test
    void noAnswerIsNotWell() {
        assertEquals("needs attention", judged("2.0", "true", "exit 1"));
    }

    @Test
    void visitorsWhoAreStillShutOutSaveNoRelease() throws IOException {
        Files.createFile(folder.resolve("maintenance.on"));

        assertEquals("needs attention", judged("2.0", "true", WELL));
    }

    @Test
    void theyMayHaveBeenShutOutBefore() throws IOException {
        Files.createFile(folder.resolve("maintenance.on"));
        Files.createFile(folder.resolve("rollback/site/maintenance.on"));

        assertEquals("deployed", judged("2.0", "true", WELL));
    }

    @Test
    void whatNeedsAMomentGetsIt() {
        var second = "if [ -e " + folder + "/asked ]; then " + WELL + "; else touch " + folder + "/asked; exit 1; fi";

        assertEquals("deployed", judged(5, "2.0", "true", second));
    }

    private String judged(String version, String failing, String... ask) {
        return judged(0, version, failing, ask);
    }

    private String judged(int seconds, String version, String failing, String... ask) {
        var judge = ShellScript.of("state/rollback/judge", folder, version, seconds,
                new DebCommands(new TargetState("app")).running(), failing);
        var whole = ask.length == 0 ? judge : judge.with(ask[0], 200, "release 2.0");
        var shell = new LocalShell(folder, null);
        assertTrue(shell.ask(Command.script("PATH=\"$1:$PATH\" LC_ALL=xx_XX sh -c \"$2\"", folder, whole)).ok());
        return shell.read(Command.of("cat", folder + "/rollback/outcome")).strip();
    }
}
