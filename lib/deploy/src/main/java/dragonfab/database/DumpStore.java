package dragonfab.database;

import dragonfab.files.Checksum;
import dragonfab.files.PrivateFolder;
import dragonfab.report.Failure;
import dragonfab.report.Remedy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folder of dumps on this machine, of which each environment sees its own.
 *
 * <p>A manifest gets its name before its dump does, so that a dump with its name is always described.
 *
 * @param environment whose dumps are meant
 */
public record DumpStore(Path path, String environment) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
    private static final Pattern NAMED = Pattern.compile("(?<second>.*-[0-9]{8}-[0-9]{6})(-(?<number>[0-9]+))?\\..*");
    private static final Comparator<Path> ORDER =
            Comparator.comparing((Path file) -> named(file).group("second")).thenComparing(DumpStore::number);

    /** A dump and its description. */
    public record Dump(Path file, DumpManifest manifest) {

        /** Reads it to its end. */
        public boolean isWhole() {
            return Checksum.of(file).equals(manifest.sha256());
        }

        /** Nothing is loaded from a damaged one. */
        public void requireWhole() {
            if (!isWhole()) {
                throw Failure.refused("local", file + " is damaged: its checksum is not the manifest's");
            }
        }
    }

    /** Makes the folder, keeps its content out of git, removes what killed dumps left, and gives a name to a new one. */
    NewDump begin(Instant at, Compression compression) throws IOException {
        new PrivateFolder(path).makeReady();
        return NewDump.alone(path, () -> {
            clearAway();
            return NewDump.of(path, freeName(environment + "-" + TIME.format(at)), compression.suffix());
        });
    }

    private void clearAway() throws IOException {
        var hidden = Pattern.compile("\\.(?<name>" + own() + ")(\\.dump.*\\.part|\\.writing)");
        var described = Pattern.compile("(?<name>" + own() + ")\\.dump(\\.zst)?\\.json");
        for (var left : files(name -> hidden.matcher(name).matches()
                || described.matcher(name).matches() && !Files.exists(dumpOf(path.resolve(name))))) {
            var text = left.getFileName().toString();
            var name = (text.startsWith(".") ? hidden : described).matcher(text);
            if (name.matches() && !NewDump.isAtWork(path, name.group("name"))) {
                Files.deleteIfExists(left);
            }
        }
    }

    /** Several of one second have numbers from 2 on; one that was let go leaves none to those that come later. */
    private String freeName(String first) {
        var taken = Pattern.compile("\\.?" + Pattern.quote(first) + "(-(?<number>[0-9]{1,9}))?\\..*");
        var last = files(name -> taken.matcher(name).matches()).stream().mapToInt(DumpStore::number).max();
        return last.isEmpty() ? first : first + "-" + (last.getAsInt() + 1);
    }

    void describe(Path file, DumpManifest manifest) throws IOException {
        new PrivateFolder(path).write(manifestOf(file).getFileName().toString(), manifest.text());
    }

    /** The oldest first. @param unknown gets those that no manifest describes, and why */
    public List<Dump> list(BiConsumer<Path, Failure> unknown) {
        return inOrder(ORDER).flatMap(file -> {
            try {
                return Stream.of(described(file));
            } catch (Failure failure) {
                // Another process may prune meanwhile, which takes the manifest last.
                if (Files.exists(file)) {
                    unknown.accept(file, failure);
                }
                return Stream.empty();
            }
        }).toList();
    }

    private Stream<Path> inOrder(Comparator<Path> order) {
        var dump = Pattern.compile(own() + "\\.dump(\\.zst)?");
        return files(name -> dump.matcher(name).matches()).stream().sorted(order);
    }

    /** Never an older one in its place when nothing describes it. */
    public Dump newest() {
        return inOrder(ORDER.reversed()).findFirst().map(DumpStore::described)
                .orElseThrow(() -> Failure.refused("local", "there is no dump of " + environment + " in " + path)
                        .remedy(Remedy.script("db-dump", environment)));
    }

    /** A file anywhere, or the name of one in this folder; of whatever environment. */
    public Dump named(String name) {
        return described(file(name));
    }

    Path file(String name) {
        var file = Files.exists(Path.of(name)) ? Path.of(name) : path.resolve(name);
        if (!Files.isRegularFile(file)) {
            throw Failure.usage(name, "is no file, neither here nor in " + path);
        }
        return file;
    }

    boolean isDescribed(String name) {
        return Files.exists(manifestOf(file(name)));
    }

    /** Of those that are described. @param unknown as in {@link #list} */
    void prune(int keep, BiConsumer<Path, Failure> unknown) {
        var all = list(unknown);
        for (var dump : all.subList(0, Math.max(0, all.size() - keep))) {
            try {
                Files.deleteIfExists(dump.file());
                Files.deleteIfExists(manifestOf(dump.file()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static Dump described(Path file) {
        try {
            return new Dump(file, DumpManifest.read(manifestOf(file).toString(), Files.readString(manifestOf(file))));
        } catch (IOException e) {
            throw Failure.refused(file.toString(),
                    "has no manifest beside it: it is none of our dumps, or was cut off");
        }
    }

    private static Matcher named(Path file) {
        var name = NAMED.matcher(file.getFileName().toString());
        return name.matches() ? name : NAMED.matcher("-00000000-000000.");
    }

    private static int number(Path file) {
        return Optional.ofNullable(named(file).group("number")).map(Integer::parseInt).orElse(1);
    }

    /** How the names of its dumps begin: when it was made, and which of that second. */
    private String own() {
        return Pattern.quote(environment) + "-[0-9]{8}-[0-9]{6}(-[0-9]{1,9})?";
    }

    private static Path manifestOf(Path file) {
        return file.resolveSibling(file.getFileName() + ".json");
    }

    private static Path dumpOf(Path manifest) {
        return manifest.resolveSibling(manifest.getFileName().toString().replaceFirst("\\.json$", ""));
    }

    private List<Path> files(Predicate<String> wanted) {
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (var all = Files.list(path)) {
            return all.filter(file -> wanted.test(file.getFileName().toString())).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
