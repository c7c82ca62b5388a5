package dragonfab.deb;

import dragonfab.report.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** What a package says of itself, by the control file in it: it decides, whatever the file is called. */
public record DebControl(String name, DebVersion version, String architecture) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9+.-]+");
    private static final Pattern VERSION = Pattern.compile("(?:[0-9]{1,9}:)?[A-Za-z0-9][A-Za-z0-9.+~:-]*");
    private static final Pattern ARCHITECTURE = Pattern.compile("[a-z0-9][a-z0-9-]*");
    /** dpkg shows no epoch where it is 0, and none with zeros before it. */
    private static final Pattern EPOCH = Pattern.compile("^0+(?::|(?=[0-9]+:))");
    private static final int LONGEST = 1 << 20;

    /** Reads the control file alone, which is little; a file that has none is a failure. */
    public static DebControl of(Path file) {
        try (var in = DebFile.of(file).open("control.tar", new Zstd())) {
            var text = new StringBuilder();
            Tar.read(in, new Tar.Visitor() {
                @Override
                public void file(String path, long size, InputStream content) throws IOException {
                    if (path.equals("/control")) {
                        text.append(new String(content.readNBytes(LONGEST), StandardCharsets.UTF_8));
                    }
                }

                @Override
                public void link(String path, String of) {
                    // A control file is a file.
                }
            });
            return of(file.toString(), text.toString());
        } catch (IOException e) {
            throw Failure.usage(file.toString(), "is no whole package: " + e.getMessage());
        } catch (NumberFormatException e) {
            throw Failure.usage(file.toString(), "is a damaged package");
        }
    }

    private static DebControl of(String place, String text) {
        return of(place, field(text, "Package"), field(text, "Version"), field(text, "Architecture"));
    }

    /** Refuses words that dpkg would not take. @param place where they come from */
    static DebControl of(String place, String name, String version, String architecture) {
        require(place, "name", name, NAME);
        require(place, "version", version, VERSION);
        require(place, "architecture", architecture, ARCHITECTURE);
        return new DebControl(name, new DebVersion(EPOCH.matcher(version).replaceFirst("")), architecture);
    }

    private static void require(String place, String what, String word, Pattern pattern) {
        if (!pattern.matcher(word).matches()) {
            throw Failure.usage(place, word.isEmpty() ? "is a package without " + what
                    : "is a package whose " + what + " is none: " + word);
        }
    }

    private static String field(String text, String name) {
        return ControlFields.named(name, text).findFirst().orElse("");
    }

    /** As Debian names it, without the epoch. */
    public String fileName() {
        return name + "_" + version.withoutEpoch() + "_" + architecture + ".deb";
    }
}
