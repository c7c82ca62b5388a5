package dragonfab.deb;

import dragonfab.files.Checksum;
import dragonfab.report.Failure;
import dragonfab.shell.Input;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What is in a package: its control fields, its maintainer scripts, and the checksum of each file, as dpkg reckons
 * them.
 *
 * @param control   the stanza of fields
 * @param scripts   the text of what dpkg and debconf run or read, by name
 * @param conffiles those that the package brings, and with "remove-on-upgrade" before them those it takes away
 * @param files     the MD5 of each regular file, by path
 * @param size      kilobytes that it takes when it is unpacked
 */
public record DebContents(String control, Map<String, String> scripts, List<String> conffiles,
        Map<String, String> files, long size) {
    private static final Set<String> SCRIPTS =
            Set.of("preinst", "postinst", "prerm", "postrm", "config", "templates");
    private static final Pattern TEMPLATE = Pattern.compile("(?m)^Template:[ \\t]*(\\S+)");
    private static final Pattern TYPE = Pattern.compile("(?m)^Type:[ \\t]*(\\S+)");
    /** Shown, and never answered. */
    private static final Set<String> NO_QUESTIONS = Set.of("note", "error", "title", "text");
    private static final String REMOVED = "remove-on-upgrade ";

    /** Unpacks what Java cannot. */
    public interface Unpacking {
        InputStream open(Input packed) throws IOException;
    }

    public DebContents {
        scripts = Map.copyOf(scripts);
        conffiles = List.copyOf(conffiles);
    }

    /** A file that is no whole package is a failure. @param zstd unpacks what is packed by zstd */
    public static DebContents of(Path file, Unpacking zstd) {
        try {
            var deb = DebFile.of(file);
            var control = new TreeMap<String, String>();
            try (var in = deb.open("control.tar", zstd)) {
                Tar.read(in, new Reading() {
                    @Override
                    public void file(String path, long size, InputStream content) throws IOException {
                        // One character a byte, so that the checksum is still that of the file.
                        control.put(path.substring(1), new String(content.readAllBytes(), StandardCharsets.ISO_8859_1));
                    }
                });
            }
            var files = new TreeMap<String, String>();
            var bytes = new AtomicLong();
            try (var in = deb.open("data.tar", zstd)) {
                Tar.read(in, new Reading() {
                    @Override
                    public void file(String path, long size, InputStream content) throws IOException {
                        bytes.addAndGet(size);
                        files.put(path, Checksum.md5(content));
                    }

                    @Override
                    public void link(String path, String of) {
                        files.put(path, files.getOrDefault(of, ""));
                    }
                });
            }
            return of(file, control, files, bytes.get() >> 10);
        } catch (IOException e) {
            throw Failure.usage(file.toString(), "is no whole package: " + e.getMessage());
        }
    }

    private static DebContents of(Path file, Map<String, String> control, Map<String, String> files, long size) {
        if (!control.containsKey("control")) {
            throw Failure.usage(file.toString(), "is a package without its control file");
        }
        var scripts = new LinkedHashMap<>(control);
        scripts.keySet().retainAll(SCRIPTS);
        return new DebContents(utf8(control.get("control")).strip() + "\n", scripts,
                utf8(control.getOrDefault("conffiles", "")).lines().map(String::strip).filter(line -> !line.isEmpty())
                        .toList(),
                files, size);
    }

    private static String utf8(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /** A field of one line, or "". */
    public String field(String name) {
        return ControlFields.named(name, control).findFirst().orElse("");
    }

    public String name() {
        return field("Package");
    }

    /** The MD5 of each script. */
    public Map<String, String> scriptSums() {
        var sums = new TreeMap<String, String>();
        scripts.forEach((name, text) -> sums.put(name, Checksum.md5(text.getBytes(StandardCharsets.ISO_8859_1))));
        return sums;
    }

    /** Conffiles that the package brings, with their checksums. */
    public Map<String, String> conffileSums() {
        var sums = new TreeMap<String, String>();
        conffiles.stream().filter(line -> !line.startsWith(REMOVED))
                .forEach(path -> sums.put(path, files.getOrDefault(path, "")));
        return sums;
    }

    /** Conffiles of earlier releases that this one wants gone. */
    public Set<String> unwanted() {
        return Set.copyOf(conffiles.stream().filter(line -> line.startsWith(REMOVED))
                .map(line -> line.substring(REMOVED.length()).strip()).toList());
    }

    /** Where its conffiles are or were. */
    public Stream<String> conffilePaths() {
        return Stream.concat(conffileSums().keySet().stream(), unwanted().stream());
    }

    /** The names of what debconf asks; what it only shows is not among them. */
    public List<String> questions() {
        var names = new ArrayList<String>();
        for (var stanza : scripts.getOrDefault("templates", "").split("\n\\s*\n")) {
            var name = TEMPLATE.matcher(stanza);
            var type = TYPE.matcher(stanza);
            if (name.find() && type.find() && !NO_QUESTIONS.contains(type.group(1))) {
                names.add(name.group(1));
            }
        }
        return names;
    }

    private abstract static class Reading implements Tar.Visitor {
        @Override
        public void link(String path, String of) {
        }
    }
}
