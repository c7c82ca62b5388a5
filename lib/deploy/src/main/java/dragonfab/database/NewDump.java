package dragonfab.database;

import dragonfab.report.Failure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The name of a dump that is being written, which nobody else takes or clears away meanwhile.
 *
 * <p>A lock on a hidden file beside it tells a dump that is at work from one that was killed.
 */
final class NewDump implements AutoCloseable {
    private static final String MARK = ".writing";
    private static final Set<StandardOpenOption> WRITING =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    private static final FileAttribute<?> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final int TRIES = 100;
    /** Of this process: to open and close a file that we have locked would let the lock go. */
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final Path mark;
    private final FileChannel lock;

    private NewDump(Path file, Path mark, FileChannel lock) {
        this.file = file;
        this.mark = mark;
        this.lock = lock;
    }

    /** @param name of the dump, with what tells its compression at the end */
    static NewDump of(Path folder, String name, String suffix) throws IOException {
        var mark = folder.resolve("." + name + MARK);
        var channel = FileChannel.open(mark, WRITING, PRIVATE);
        channel.lock();
        OURS.add(mark);
        return new NewDump(folder.resolve(name + suffix), mark, channel);
    }

    Path file() {
        return file;
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(mark);
        lock.close();
        OURS.remove(mark);
    }

    /** Whether somebody is writing a dump of that name; what a killed one left of its mark goes. */
    static boolean isAtWork(Path folder, String name) throws IOException {
        var mark = folder.resolve("." + name + MARK);
        if (OURS.contains(mark) || !Files.exists(mark)) {
            return OURS.contains(mark);
        }
        try (var channel = FileChannel.open(mark, StandardOpenOption.WRITE)) {
            var taken = tried(channel);
            if (taken != null) {
                Files.deleteIfExists(mark);
            }
            return taken == null;
        }
    }

    /** Names are chosen, and what killed dumps left is removed, by one at a time. */
    static <T> T alone(Path folder, Work<T> work) throws IOException {
        synchronized (NewDump.class) {
            try (var channel = FileChannel.open(folder.resolve(".lock"), WRITING, PRIVATE)) {
                for (int i = 0; tried(channel) == null; i++) {
                    if (i == TRIES) {
                        throw Failure.failed("local", "somebody holds " + folder.resolve(".lock"));
                    }
                    TimeUnit.MILLISECONDS.sleep(100);
                }
                return work.done();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
    }

    /** Null when somebody else has it, in this process or another. */
    private static FileLock tried(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException ours) {
            return null;
        }
    }

    /** What is done with the folder. */
    interface Work<T> {
        T done() throws IOException;
    }
}
