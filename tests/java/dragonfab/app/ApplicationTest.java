package dragonfab.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.shell.Command;
import dragonfab.shell.Input;
import dragonfab.shell.LocalShell;
import dragonfab.shell.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplicationTest {
    static final String AWKWARD = "first 'line'\n\"second\" $HOME `id`\\\n\n# ü %s\ttab ";

    @TempDir
    Path folder;

    Application application;

    @BeforeEach
    void install() throws IOException {
        application = new Application(System.getProperty("user.name"), folder.toString(), "sh ./manage one",
                Map.of("SECRET", AWKWARD, "EMPTY", ""));
        Files.writeString(folder.resolve("manage"), "printf '<%s>' \"$@\" \"$SECRET\" \"${EMPTY-unset}\"; cat");
    }

    @Test
    void givesTheToolItsArgumentsAndVariablesToTheLetterAndNothingToRead() {
        var said = run(application.manage("a b", "$x", "it's"));

        assertEquals("<one><a b><$x><it's><" + AWKWARD + "><>", said.out(), said.err());
    }

    @Test
    void runsALineOfTheShellInTheFolder() {
        assertEquals(folder + " 1 # no comment\n",
                run(application.command("echo $PWD | sed 's/$/ 1 # no comment/'")).out());
        assertEquals("done\n", run(application.command("echo done # and no more")).out());
    }

    @Test
    void keepsValuesOutOfArgumentsAndOfWhatPeopleSee() {
        var command = application.manage("migrate");

        assertFalse(command.arguments().toString().contains("second"), "in the arguments");
        assertFalse(command.toString().contains("second"), "shown");
        assertFalse(command.input().toString().contains("second"), "shown as input");
    }

    @Test
    void lendsTheVariablesInAPrivateFileThatTheToolTakesAway() throws IOException {
        var lent = Path.of(run(application.lend()).text());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(lent)));

        assertEquals("<one><x><" + AWKWARD + "><>",
                run(application.manageAtTerminal(lent.toString(), List.of("x"))).out());
        assertFalse(Files.exists(lent));
    }

    @Test
    void saysThatTheFolderIsMissing() {
        var elsewhere = new Application(application.user(), "/nowhere/at/all", "true", Map.of());
        var said = run(elsewhere.manage("migrate"));

        assertEquals(1, said.ended().code());
        assertTrue(said.err().contains("there is no folder /nowhere/at/all here: is the application installed?"),
                said.err());
    }

    @Test
    void handsTheCodeOfTheCommandOn() {
        assertEquals(7, run(application.command("exit 7")).ended().code());
    }

    @Test
    void aFixtureComesUnderItsNameBehindTheVariablesAndIsTakenAwayAgain() throws IOException {
        var file = Files.write(folder.resolve("it's.json"), new byte[] {'[', 0, '\n', (byte) 0xff, ']'});
        Files.writeString(folder.resolve("manage"),
                "cp \"$3\" copy; echo \"$3\"; printf '<%s>' \"$1\" \"$2\" \"$SECRET\"");

        var said = run(application.fixture(file)).out();

        var name = Path.of(said.lines().findFirst().orElseThrow());
        assertEquals("it's.json", name.getFileName().toString());
        assertFalse(Files.exists(name.getParent().getParent()));
        assertEquals(name + "\n<one><loaddata><" + AWKWARD + ">", said);
        assertEquals(-1, Files.mismatch(file, folder.resolve("copy")));
    }

    @Test
    void aLabelGoesToTheToolAsItIs() {
        assertEquals("<one><loaddata><a.b><" + AWKWARD + "><>", run(application.fixture("a.b")).out());
    }

    /** What ends by a signal may have been loaded. */
    @Test
    void saysThatNothingWasLoadedWhereThatIsKnown() throws IOException {
        var file = Files.writeString(folder.resolve("a.json"), "[]");
        Files.writeString(folder.resolve("manage"), "exit 1");
        assertEquals("nothing of it was loaded\n", run(application.fixture(file)).err());
        Files.writeString(folder.resolve("manage"), "kill -9 $$");
        assertFalse(run(application.fixture(file)).err().contains("nothing of it was loaded"));

        Files.writeString(folder.resolve("manage"), "touch reached");
        var cut = application.fixture(file);
        var said = run(cut.reading(Input.of(((Input.Both) cut.input()).first() instanceof Input.Words words
                ? words.text() + "[" : "")));
        assertEquals("the file came in part only\nnothing of it was loaded\n", said.err());
        assertFalse(Files.exists(folder.resolve("reached")));
    }

    private Result run(Command command) {
        return new LocalShell(folder, null).ask(command);
    }
}
