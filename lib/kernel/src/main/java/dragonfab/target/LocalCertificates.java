package dragonfab.target;

import dragonfab.shell.Command;
import dragonfab.shell.Input;
import dragonfab.shell.ShellScript;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/**
 * The certificate authorities that somebody made this machine trust, beside those of its distribution: a company's, or a
 * proxy's. A container does not know them by itself.
 *
 * @param files each by a name that is safe in a path
 */
public record LocalCertificates(Map<String, byte[]> files) {
    private static final Path FOLDER = Path.of("/usr/local/share/ca-certificates");
    private static final String END = ".crt";

    public LocalCertificates {
        files = Map.copyOf(files);
    }

    public static LocalCertificates ofThisMachine() {
        return in(FOLDER);
    }

    /** None where there is no such folder, as on a machine that is no Debian. */
    static LocalCertificates in(Path folder) {
        var files = new TreeMap<String, byte[]>();
        if (!Files.isDirectory(folder)) {
            return new LocalCertificates(files);
        }
        try (var all = Files.walk(folder)) {
            for (var file : all.filter(each -> each.toString().endsWith(END) && Files.isRegularFile(each)).toList()) {
                files.put(name(folder.relativize(file).toString()), Files.readAllBytes(file));
            }
            return new LocalCertificates(files);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of its own, so that none of the container's distribution gives way. */
    private static String name(String file) {
        return "dragonfab-" + file.substring(0, file.length() - END.length()).replaceAll("[^A-Za-z0-9._-]", "_");
    }

    /** Makes a container trust these, and no others that came this way before; prints whether that is new. */
    public Command trust() {
        var lines = new StringBuilder();
        new TreeMap<>(files).forEach((name, content) -> lines.append(name).append(' ')
                .append(Base64.getEncoder().encodeToString(content)).append('\n'));
        return ShellScript.of("target/trust").reading(Input.of(lines.toString())).asRoot();
    }
}
