package dragonfab.recipe;

import dragonfab.files.PrivateFolder;
import dragonfab.report.LogFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** Whole words of failures, beside environments.yml, for nobody else to read; only the newest stay. */
record FailureLogs(PrivateFolder folder) implements LogFolder {
    static final int MOST = 20;
    private static final String END = ".log";
    private static final int LONGEST_NAME = 80;
    /** In the order of time they are in the order of their names. */
    private static final DateTimeFormatter AT =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    static FailureLogs beside(Path environments) {
        return new FailureLogs(new PrivateFolder(environments.resolve(".dragonfab/logs")));
    }

    @Override
    public Optional<String> keep(String name, String text) {
        var word = name.replaceAll("[^A-Za-z0-9._-]+", "-");
        var file = AT.format(Instant.now()) + "-" + word.substring(0, Math.min(LONGEST_NAME, word.length())) + END;
        try {
            folder.makeReady();
            folder.write(file, text);
            prune();
            return Optional.of(folder.path().resolve(file).toString());
        } catch (IOException unwritable) {
            return Optional.empty();
        }
    }

    private void prune() throws IOException {
        try (var files = Files.list(folder.path())) {
            var logs = files.filter(file -> file.getFileName().toString().endsWith(END)).sorted().toList();
            for (var old : logs.subList(0, Math.max(0, logs.size() - MOST))) {
                Files.deleteIfExists(old);
            }
        }
    }
}
