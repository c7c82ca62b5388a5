package dragonfab.database;

import dragonfab.files.Checksum;
import dragonfab.files.PrivateFolder;
import dragonfab.report.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/**
 * The folder of dumps on this machine, of which each environment sees its own.
 *
 * <p>A manifest gets its name before its dump does, so that a dump with its name is always described.
 *
 * @param environment whose dumps are meant
 */
public record DumpStore(Path path, String environment) {
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

    /** Makes the folder, keeps its content out of git, and removes what killed dumps left. */
    void makeReady() throws IOException {
        new PrivateFolder(path).makeReady();
        for (var left : files(name -> name.matches("\\." + own() + "(\\.json)?\\.part")
                || name.matches(own() + "\\.json") && !Files.exists(dumpOf(path.resolve(name))))) {
            Files.deleteIfExists(left);
        }
    }

    void describe(Path file, DumpManifest manifest) throws IOException {
        new PrivateFolder(path).write(manifestOf(file).getFileName().toString(), manifest.text());
    }

    /** The oldest first. */
    public List<Dump> list() {
        return files(name -> name.matches(own())).stream().map(DumpStore::described).toList();
    }

    public Dump newest() {
        var all = list();
        if (all.isEmpty()) {
            throw Failure.refused("local", "there is no dump of " + environment + " in " + path)
                    .remedy("jbang db-dump@dragonfab " + environment);
        }
        return all.get(all.size() - 1);
    }

    /** A file anywhere, or the name of one in this folder; of whatever environment. */
    public Dump named(String name) {
        var file = Files.exists(Path.of(name)) ? Path.of(name) : path.resolve(name);
        if (!Files.isRegularFile(file)) {
            throw Failure.usage(name, "is no file, neither here nor in " + path);
        }
        return described(file);
    }

    void prune(int keep) {
        var all = list();
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

    private String own() {
        return java.util.regex.Pattern.quote(environment) + "-[0-9]{8}-[0-9]{6}\\.dump(\\.zst)?";
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
