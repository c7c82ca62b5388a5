package dragonfab.deb;

import dragonfab.files.Checksum;
import dragonfab.report.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The files that a build outside git packs: their checksum stands for them as a commit does elsewhere. */
final class SourceFiles {

    private SourceFiles() {
    }

    /** Of all names, contents and what may be run. @param notOurs folders that are not packed */
    static String checksum(Path folder, List<Path> notOurs) {
        try (var files = Files.walk(folder)) {
            return Checksum.of(files.filter(file -> notOurs.stream().noneMatch(file::startsWith)).sorted()
                    .map(file -> folder.relativize(file) + "\0" + content(file)).collect(Collectors.joining("\0")));
        } catch (UncheckedIOException e) {
            throw Failure.unreadable(folder, e.getCause());
        } catch (IOException e) {
            throw Failure.unreadable(folder, e);
        }
    }

    private static String content(Path file) {
        if (Files.isSymbolicLink(file)) {
            try {
                return "link " + Files.readSymbolicLink(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                ? Checksum.of(file) + (Files.isExecutable(file) ? " runs" : "") : "";
    }
}
