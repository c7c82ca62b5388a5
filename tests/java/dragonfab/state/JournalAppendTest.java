package dragonfab.state;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dragonfab.shell.LocalShell;
import dragonfab.shell.ShellScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A line of the journal stands by itself, whatever stands before it. */
class JournalAppendTest {
    @TempDir
    Path folder;

    @Test
    void linesFollowOneAnother() throws IOException {
        append("{\"event\":\"intent\"}");
        append("{\"event\":\"outcome\"}");

        assertEquals("{\"event\":\"intent\"}\n{\"event\":\"outcome\"}\n", journal());
    }

    @Test
    void halfALineSwallowsNoOther() throws IOException {
        append("{\"event\":\"intent\"}");
        Files.writeString(folder.resolve("journal"), journal() + "{\"eve");

        append("{\"event\":\"outcome\"}");

        assertEquals("{\"event\":\"intent\"}\n{\"eve\n{\"event\":\"outcome\"}\n", journal());
    }

    private void append(String line) {
        new LocalShell(folder, null)
                .read(ShellScript.after("state/journal/line", "state/journal/append", folder, line));
    }

    private String journal() throws IOException {
        return Files.readString(folder.resolve("journal"));
    }
}
