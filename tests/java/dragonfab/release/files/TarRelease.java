package dragonfab.release.files;

import dragonfab.config.Environment;
import dragonfab.config.Key;
import dragonfab.files.Checksum;
import dragonfab.report.Failure;
import dragonfab.state.Artifact;
import dragonfab.state.ReleaseId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** A release that lies here as a tar file: shop_2.0.tar is 2.0 of shop. */
public record TarRelease(Path file, String version, String sha256) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9.+-]+_([A-Za-z0-9.+~-]+)\\.tar");
    private static final int SHORT = 12;

    public static TarRelease of(Path file) {
        var name = NAME.matcher(file.getFileName().toString());
        if (!name.matches()) {
            throw Failure.usage(file.toString(), "should have a name like shop_2.0.tar");
        }
        return new TarRelease(file, name.group(1), Checksum.of(file));
    }

    /** All of them in package_dir, the oldest first. */
    static List<TarRelease> all(Environment environment) {
        var folder = environment.get(Key.PACKAGE_DIR);
        var start = environment.application("files-deploy") + "_";
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(start))
                    .filter(file -> NAME.matcher(file.getFileName().toString()).matches())
                    .sorted(Comparator.comparing(file -> file.toFile().lastModified())).map(TarRelease::of).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static TarRelease newest(Environment environment) {
        return all(environment).stream().reduce((older, newer) -> newer).orElseThrow(() -> Failure.refused(
                environment.name(), "no release lies in " + environment.get(Key.PACKAGE_DIR)));
    }

    ReleaseId id() {
        return new ReleaseId(version, "", List.of(artifact()));
    }

    /** Two builds of one version have two names. */
    private Artifact artifact() {
        return new Artifact(file.getFileName() + "-" + sha256.substring(0, SHORT), sha256);
    }

    @Override
    public String toString() {
        return file.getFileName().toString();
    }
}
