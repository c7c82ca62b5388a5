package dragonfab;

import dragonfab.ops.Checksum;
import dragonfab.report.Failure;
import dragonfab.shell.Command;
import dragonfab.shell.Shell;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.time.Duration;
import java.util.HexFormat;

/** Files over a shell's standard streams, which every world has; a file is whole under its name or not there. */
final class Transfer {
    private Transfer() {
    }

    static Command get(String path) {
        return Command.of("cat", "--", path).asRoot().asking();
    }

    static Path fetch(Shell shell, String path, Path file, Duration limit) {
        try {
            return fetched(shell, path, file, limit);
        } catch (IOException e) {
            throw Failure.failed(shell.where(), "cannot write " + file + ": " + e.getMessage());
        }
    }

    private static Path fetched(Shell shell, String path, Path file, Duration limit) throws IOException {
        var part = file.resolveSibling("." + file.getFileName() + ".part");
        Files.createDirectories(file.toAbsolutePath().getParent());
        try {
            var digest = Checksum.digest();
            try (var out = new DigestOutputStream(Files.newOutputStream(part), digest)) {
                var ended = shell.execute(get(path), out, OutputStream.nullOutputStream(), limit);
                if (!ended.well()) {
                    throw Failure.failed(shell.where(), "cannot read " + path + ": " + ended);
                }
            }
            var there = shell.read(Command.of("sha256sum", "--", path).asRoot()).split(" ")[0];
            if (!there.equals(HexFormat.of().formatHex(digest.digest()))) {
                throw Failure.failed(shell.where(), "the copy of " + path + " differs from what is there");
            }
            return Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
