package dragonfab.release.site;

import dragonfab.files.WholeFile;
import dragonfab.recipe.CurrentUser;
import dragonfab.recipe.Run;
import dragonfab.report.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;

/**
 * Keeps two builds into one folder apart: the second waits, is told what the first does, and uses what that has built.
 *
 * <p>It ends with the process that holds it.
 */
final class BuildLock implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final int LONGEST = 500;

    private final Path file;
    private final FileChannel channel;

    private BuildLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    static BuildLock take(Run run, Path folder) {
        try {
            WholeFile.makeFolder(folder);
            var file = folder.resolve(".site-build.lock");
            var lock = new BuildLock(file, FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ,
                    StandardOpenOption.WRITE));
            if (!lock.taken()) {
                run.here().await("wait for another build", PATIENCE,
                        () -> lock.taken() ? Optional.empty() : Optional.of(lock.holder()));
            }
            return lock;
        } catch (IOException e) {
            throw Failure.failed(folder.toString(), e.toString());
        }
    }

    private boolean taken() {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException another) {
            return false;
        } catch (IOException e) {
            throw Failure.failed(file.toString(), e.toString());
        }
    }

    /** Says what is done now to whoever waits. */
    void doing(String step) {
        try {
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((CurrentUser.am() + ": " + step).getBytes(StandardCharsets.UTF_8)), 0);
        } catch (IOException e) {
            throw Failure.failed(file.toString(), e.toString());
        }
    }

    private String holder() {
        try {
            var text = Files.readString(file);
            return text.substring(0, Math.min(text.length(), LONGEST));
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw Failure.failed(file.toString(), e.toString());
        }
    }
}
