package dragonfab.deb;

import dragonfab.files.TextFile;
import dragonfab.report.Failure;
import dragonfab.report.Remedy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A Debian source folder, read here: its changelog's first line and its control file.
 *
 * @param folder    holds {@code debian/}
 * @param name      of the source package
 * @param version   of the changelog's first entry
 * @param committed the control file of that commit; null for the one in the folder
 */
public record DebSource(Path folder, String name, DebVersion version, String suite, String committed) {
    private static final Pattern FIRST =
            Pattern.compile("([a-z0-9][a-z0-9+.-]+) \\(([^()\\s]+)\\) ([A-Za-z0-9./ -]+);.*");

    public static DebSource of(Path folder) {
        var changelog = folder.resolve("debian/changelog");
        if (!Files.exists(changelog)) {
            throw Failure.usage(folder.toString(), "there is no debian/changelog")
                    .remedy(Remedy.script("new"));
        }
        return of(folder, TextFile.read(changelog), null);
    }

    /** @param control the control file of a commit; null for the one in the folder */
    static DebSource of(Path folder, String changelog, String control) {
        var first = TextFile.withoutMark(changelog).lines().filter(line -> !line.isBlank()).findFirst().orElse("");
        var parts = FIRST.matcher(first);
        if (!parts.matches()) {
            throw Failure.usage(folder.resolve("debian/changelog").toString(),
                    "does not begin with NAME (VERSION) SUITE; ...: " + first);
        }
        return new DebSource(folder, parts.group(1), new DebVersion(parts.group(2)), parts.group(3).split(" ")[0],
                control == null ? null : TextFile.withoutMark(control).replace("\r\n", "\n"));
    }

    /** The packages that a build makes, as debian/control names them. */
    public List<String> packages() {
        return ControlFields.named("Package", control()).toList();
    }

    public String control() {
        return committed != null ? committed : TextFile.readLines(folder.resolve("debian/control"));
    }
}
