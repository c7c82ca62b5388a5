package dragonfab.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.shell.LocalShell;
import dragonfab.shell.ShellScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A swap is over when it is over, however long it then takes to drop what was there before. */
class DatabaseSwapTest {
    @TempDir
    Path folder;

    @Test
    void nobodyWaitsForTheDrop() throws IOException {
        var psql = folder.resolve("psql");
        Files.writeString(psql, """
                #!/bin/sh
                case $(cat) in
                *'drop database'*) sleep 5 ;;
                *) echo 1 ;;
                esac
                """);
        assertTrue(psql.toFile().setExecutable(true));
        var swap = ShellScript.after("database/prelude", "database/swap", "none", "", "", "", "", folder, "app", "run",
                "[]").behind("env", "PATH=" + folder + ":/usr/bin:/bin");

        var began = System.nanoTime();
        var result = new LocalShell(folder, null).ask(swap);

        assertEquals(0, result.ended().code(), result.err());
        assertTrue(System.nanoTime() - began < 1_500_000_000L, "it was waited for the drop");
    }
}
