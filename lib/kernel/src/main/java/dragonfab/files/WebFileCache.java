package dragonfab.files;

import dragonfab.report.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/** The files of web servers that were brought here, each below its checksum; whoever asks gets a whole one or none. */
public final class WebFileCache {
    private static final String PART = ".part";
    private static final Duration FORGOTTEN = Duration.ofDays(1);

    private final Path folder;
    private final HttpDownload download;
    /** Large files are not read again for every one of dozens of hosts. */
    private final Set<Path> sound = new HashSet<>();

    public WebFileCache(Path folder, HttpDownload download) {
        this.folder = folder;
        this.download = download;
    }

    /** Where it lies once it is here. */
    public Path place(WebFile file) {
        return folder.resolve(file.sha256()).resolve(file.name());
    }

    /** Whether it lies there, and is what the checksum says. */
    public synchronized boolean has(WebFile file) {
        var place = place(file);
        if (!sound.contains(place) && Files.isRegularFile(place) && Checksum.of(place).equals(file.sha256())) {
            sound.add(place);
        }
        return sound.contains(place);
    }

    /** @param wanted for what, as staging.debconf */
    public synchronized void fetch(WebFile file, String wanted) {
        var place = place(file);
        try {
            new PrivateFolder(folder).makeReady();
            new PrivateFolder(place.getParent()).makeReady();
            removeForgotten(place.getParent());
            // Another process may fetch the same at that moment: each has a part of its own.
            var part = Files.createTempFile(place.getParent(), ".", PART);
            try {
                var sum = download.save(file, part, wanted);
                if (!sum.equals(file.sha256())) {
                    throw Failure.refused("environments.yml", wanted + ": " + file + " is not the file that is meant")
                            .of(null, java.util.List.of("sha256 there: " + sum, "sha256 meant: " + file.sha256()))
                            .remedy("look why it differs; write the other checksum only if you trust that file");
                }
                Files.move(part, place, StandardCopyOption.ATOMIC_MOVE);
                sound.add(place);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw Failure.failed("local", wanted + ": " + file + " cannot be kept in " + place.getParent() + ": "
                    + e.getMessage());
        }
    }

    /** What a killed run left. */
    private static void removeForgotten(Path folder) throws IOException {
        var since = Instant.now().minus(FORGOTTEN);
        try (var parts = Files.newDirectoryStream(folder, ".*" + PART)) {
            for (var part : parts) {
                try {
                    if (Files.getLastModifiedTime(part).toInstant().isBefore(since)) {
                        Files.deleteIfExists(part);
                    }
                } catch (NoSuchFileException gone) {
                    // Its own process was done with it.
                }
            }
        }
    }
}
