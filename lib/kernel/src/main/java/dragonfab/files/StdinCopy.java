package dragonfab.files;

import dragonfab.report.Failure;
import dragonfab.shell.Input;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What came in on standard input, kept in a private file, so that every target can read all of it. */
public final class StdinCopy implements AutoCloseable {
    private final Path file;

    private StdinCopy(Path file) {
        this.file = file;
    }

    /** Reads to the end. */
    public static StdinCopy kept() {
        try {
            var input = new StdinCopy(Files.createTempFile("dragonfab-", ".input"));
            // Ctrl-C must not leave it behind: it may well be a secret.
            input.file.toFile().deleteOnExit();
            try (var out = Files.newOutputStream(input.file)) {
                System.in.transferTo(out);
            }
            return input;
        } catch (IOException e) {
            throw Failure.failed("local", "cannot keep standard input: " + e.getMessage());
        }
    }

    public Input again() {
        return Input.file(file);
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw Failure.failed("local", "cannot remove " + file + ": " + e.getMessage());
        }
    }
}
