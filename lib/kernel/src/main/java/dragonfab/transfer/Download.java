package dragonfab.transfer;

import dragonfab.files.Checksum;
import dragonfab.files.WholeFile;
import dragonfab.report.Failure;
import dragonfab.report.Outcome;
import dragonfab.shell.Command;
import dragonfab.shell.stream.LineSplitter;
import dragonfab.shell.stream.Tail;
import dragonfab.target.Remote;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.util.HexFormat;

/** Files that come here over standard streams, which every shell has. */
public final class Download {
    private Download() {
    }

    /** Copies a file here: under a hidden name first, checked, then in place by rename. */
    public static void fetch(Remote there, String title, String path, Path file) {
        there.step(title).run(get(path), () -> fetch(there, path, file), done -> Outcome.CHANGED);
    }

    private static Command get(String path) {
        return Command.of("cat", "--", path).asRoot().asking();
    }

    static Path fetch(Remote there, String path, Path file) {
        try {
            return fetched(there, path, file);
        } catch (IOException e) {
            throw Failure.failed(there.name(), "cannot write " + file + ": " + e.getMessage());
        }
    }

    private static Path fetched(Remote there, String path, Path file) throws IOException {
        WholeFile.makeFolder(file.toAbsolutePath().getParent());
        return WholeFile.write(file, part -> {
            var digest = Checksum.digest();
            try (var out = new DigestOutputStream(Files.newOutputStream(part), digest)) {
                var ended = there.streams().flow(get(path), out, OutputStream.nullOutputStream());
                if (!ended.ok()) {
                    throw Failure.failed(there.name(), "cannot read " + path + ": " + ended);
                }
            }
            var sum = there.read(Command.of("sha256sum", "--", path).asRoot()).split(" ")[0];
            if (!sum.equals(HexFormat.of().formatHex(digest.digest()))) {
                throw Failure.failed(there.name(), "the copy of " + path + " differs from what is there");
            }
        });
    }

    /** Asks, with an answer too large for memory. */
    public static void save(Remote there, Command question, Path file) throws IOException {
        var tail = new Tail();
        try (var out = Files.newOutputStream(file); var err = new LineSplitter(tail::add)) {
            var ended = there.streams().flow(question, out, err);
            if (!ended.ok()) {
                throw Failure.failed(there.name(), ended.toString()).of(question.brief(), tail.lines());
            }
        }
    }
}
