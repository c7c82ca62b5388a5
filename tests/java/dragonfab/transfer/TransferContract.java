package dragonfab.transfer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.files.Checksum;
import dragonfab.report.Event;
import dragonfab.report.Report;
import dragonfab.shell.Command;
import dragonfab.shell.LocalShell;
import dragonfab.shell.Shell;
import dragonfab.target.Remote;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every world keeps of files: they come and go whole, or not at all. */
public interface TransferContract {

    Duration LIMIT = Duration.ofSeconds(60);

    Shell shell();

    private Remote remote(Report report) {
        return new Remote(shell(), report, false, LIMIT);
    }

    @Test
    default void aRecipePutsAFileThereAndFetchesIt(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("file"), "what a recipe has\n");
        var there = "/tmp/dragonfab it's a recipe." + System.nanoTime();
        var remote = remote(new Report(event -> {}));

        FileSender.put(remote, "upload it", file, there);
        Download.fetch(remote, "fetch it", there, folder.resolve("back"));

        assertEquals("what a recipe has\n", Files.readString(folder.resolve("back")));
        shell().ask(Command.of("rm", "--", there).asRoot());
    }

    @Test
    default void aFileGoesThereAndComesBackWhole(@TempDir Path folder) throws IOException {
        var bytes = new byte[1_000_003];
        new Random(3).nextBytes(bytes);
        var file = Files.write(folder.resolve("file"), bytes);
        var there = "/tmp/dragonfab it's ü." + System.nanoTime();

        assertEquals(0, put(file, sum(bytes), there));
        assertEquals("600", shell().read(Command.of("stat", "-c", "%a", "--", there)));
        var back = Download.fetch(remote(new Report(event -> {})), there, folder.resolve("back"));
        assertArrayEquals(bytes, Files.readAllBytes(back));

        Files.writeString(file, "torn");
        assertEquals(1, put(file, "0".repeat(64), there));
        assertEquals("1000003", shell().read(Command.of("stat", "-c", "%s", "--", there)));
        assertFalse(shell().ask(Command.script("ls -A /tmp | grep -F \"$1.part\"", there.substring(5))).ok());
        shell().ask(Command.of("rm", "--", there).asRoot());
    }

    @Test
    default void aFileIsMadeThereOfAnOlderOneWhichStaysAsItIs(@TempDir Path folder) throws IOException {
        var bytes = new byte[4_000_003];
        new Random(4).nextBytes(bytes);
        var older = "/tmp/dragonfab older ü." + System.nanoTime();
        Files.write(folder.resolve("older"), bytes);
        assertEquals(0, put(folder.resolve("older"), sum(bytes), older));
        var was = shell().read(Command.of("stat", "-c", "%i %h %a %Y %s", "--", older));
        bytes[2_000_000]++;

        var told = make(folder, bytes, older);

        assertTrue(told.matches("[0-9.]+ kB of 4.0 MB"), told);
        assertEquals(was, shell().read(Command.of("stat", "-c", "%i %h %a %Y %s", "--", older)));
        shell().ask(Command.of("rm", "--", older).asRoot());
    }

    @Test
    default void anOlderFileThatIsDamagedOrGoneCostsOnlyBytes(@TempDir Path folder) throws IOException {
        var bytes = new byte[1_000_003];
        new Random(5).nextBytes(bytes);
        var older = "/tmp/dragonfab-damaged." + System.nanoTime();
        shell().read(Command.script("head -c 900000 /dev/zero > \"$1\"", older).asRoot());

        assertEquals("1.0 MB of 1.0 MB", make(folder, bytes, older));
        shell().ask(Command.of("rm", "--", older).asRoot());
        assertTrue(make(folder, bytes, older).startsWith("whole, for "));
    }

    /** @return what is told of it; it is right in any case */
    private String make(Path folder, byte[] bytes, String older) throws IOException {
        var file = Files.write(folder.resolve("newer"), bytes);
        var there = "/tmp/dragonfab it's newer." + System.nanoTime();
        var upload = new Upload(file, sum(bytes), there);
        var told = new ArrayList<String>();
        var report = new Report(event -> {
            if (event.kind() == Event.Kind.DONE) {
                told.add(event.text());
            }
        });
        FileSender.put(remote(report), "upload", upload, List.of(
                new RsyncDelta(upload, new Remote(new LocalShell(folder, null), report, false, LIMIT), older)));

        assertEquals(sum(bytes) + " 600", shell().read(Command.script(
                "echo \"$(sha256sum < \"$1\" | cut -d ' ' -f 1) $(stat -c %a -- \"$1\")\"", there)));
        assertFalse(shell().ask(Command.script("ls -A /tmp | grep -F \"$1.part\"", there.substring(5))).ok());
        shell().ask(Command.of("rm", "--", there).asRoot());
        return told.get(0);
    }

    private static String sum(byte[] bytes) {
        return HexFormat.of().formatHex(Checksum.digest().digest(bytes));
    }

    private int put(Path file, String sha256, String there) {
        var said = new ByteArrayOutputStream();
        return shell().execute(new Upload(file, sha256, there).whole(), said, said,
                Duration.ofSeconds(60)).code();
    }
}
