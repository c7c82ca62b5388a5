package dragonfab;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dragonfab.ops.Checksum;
import dragonfab.ops.Upload;
import dragonfab.shell.Command;
import dragonfab.shell.Shell;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every world keeps of files: they come and go whole, or not at all. */
public interface TransferContract {

    Shell shell();

    @Test
    default void aFileGoesThereAndComesBackWhole(@TempDir Path folder) throws IOException {
        var bytes = new byte[1_000_003];
        new Random(3).nextBytes(bytes);
        var file = Files.write(folder.resolve("file"), bytes);
        var there = "/tmp/dragonfab it's ü." + System.nanoTime();

        assertEquals(0, put(file, HexFormat.of().formatHex(Checksum.digest().digest(bytes)), there));
        assertEquals("644", shell().read(Command.of("stat", "-c", "%a", "--", there)));
        var back = Transfer.fetch(shell(), there, folder.resolve("back"), Duration.ofSeconds(60));
        assertArrayEquals(bytes, Files.readAllBytes(back));

        Files.writeString(file, "torn");
        assertEquals(1, put(file, "0".repeat(64), there));
        assertEquals("1000003", shell().read(Command.of("stat", "-c", "%s", "--", there)));
        assertFalse(shell().ask(Command.script("ls -A /tmp | grep -F \"$1.part\"", there.substring(5))).ok());
        shell().ask(Command.of("rm", "--", there).asRoot());
    }

    private int put(Path file, String sha256, String there) {
        var said = new ByteArrayOutputStream();
        return shell().execute(new Upload(file, sha256, there).whole(), said, said,
                Duration.ofSeconds(60)).code();
    }
}
