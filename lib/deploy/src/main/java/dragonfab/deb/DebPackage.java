package dragonfab.deb;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import com.grack.nanojson.JsonWriter;
import dragonfab.files.Checksum;
import dragonfab.files.WholeFile;
import dragonfab.report.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A built package, by the manifest that lies beside it: what it is called, what it was built from, and its checksum.
 *
 * @param commit    what it was built from, or "" when that is not known
 * @param companions files of the same build that it depends on, this one not among them
 */
public record DebPackage(String name, DebVersion version, String architecture, Path file, String sha256,
        String commit, List<Path> companions) {
    private static final Pattern FILE = Pattern.compile("([a-z0-9][a-z0-9+.-]+)_([^_]+)_([a-z0-9-]+)\\.deb");

    public DebPackage {
        companions = List.copyOf(companions);
    }

    /** The newest of exactly this package by version: neither a sibling of like name, nor the file last touched. */
    public static DebPackage newest(Path folder, String name) {
        return all(folder, name).stream().max(Comparator.comparing(DebPackage::version))
                .orElseThrow(() -> Failure.usage(folder.toString(), "there is no package " + name)
                        .remedy("jbang deb-build@dragonfab"));
    }

    public static List<DebPackage> all(Path folder, String name) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(file -> FILE.matcher(file.getFileName().toString()).matches())
                    .map(DebPackage::of)
                    .filter(found -> found.name.equals(name))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of these files the one with the highest version of the same package, for the same machines. */
    public static Optional<String> newestLike(String file, Collection<String> others) {
        var like = FILE.matcher(file);
        return like.matches() ? others.stream().map(FILE::matcher)
                .filter(other -> other.matches() && other.group(1).equals(like.group(1))
                        && other.group(3).equals(like.group(3)))
                .max(Comparator.comparing(DebPackage::version)).map(Matcher::group) : Optional.empty();
    }

    private static DebVersion version(Matcher file) {
        return new DebVersion(file.group(2).replace("%3a", ":"));
    }

    /** One file, by its manifest, or for a package that someone else built by its name. */
    public static DebPackage of(Path file) {
        var manifest = file.resolveSibling(file.getFileName() + ".json");
        if (Files.exists(manifest)) {
            return read(file, manifest);
        }
        var parts = FILE.matcher(file.getFileName().toString());
        if (!parts.matches()) {
            throw Failure.usage(file.toString(), "is not named like a package: NAME_VERSION_ARCHITECTURE.deb");
        }
        return new DebPackage(parts.group(1), version(parts), parts.group(3),
                file, Checksum.of(file), "", List.of());
    }

    private static DebPackage read(Path file, Path manifest) {
        try {
            var json = JsonParser.object().from(Files.readString(manifest));
            var companions = json.getArray("companions").stream()
                    .map(name -> file.resolveSibling((String) name)).toList();
            return new DebPackage(json.getString("name"), new DebVersion(json.getString("version")),
                    json.getString("architecture"), file, json.getString("sha256"), json.getString("commit"),
                    companions);
        } catch (IOException | JsonParserException | RuntimeException e) {
            throw Failure.usage(manifest.toString(), "is no manifest of a package: " + e.getMessage());
        }
    }

    /** Written beside the package; what {@link #of} reads. */
    public void writeManifest() throws IOException {
        var json = new JsonObject(Map.of());
        json.put("name", name);
        json.put("version", version.text());
        json.put("architecture", architecture);
        json.put("sha256", sha256);
        json.put("commit", commit);
        json.put("companions", new ArrayList<>(companions.stream().map(c -> c.getFileName().toString()).toList()));
        WholeFile.write(file.resolveSibling(file.getFileName() + ".json"), part -> Files.writeString(part,
                JsonWriter.indent("  ").string().object(json).done() + "\n"));
    }

    /** What is in the folder now is still what was built. */
    public boolean intact() {
        return Files.exists(file) && Checksum.of(file).equals(sha256) && companions.stream().allMatch(Files::exists);
    }

    /** Refuses files that are no packages, or no whole ones, whatever they are called. */
    public void requirePackages() {
        for (var each : files()) {
            try {
                var deb = DebFile.of(each);
                deb.part("control.tar");
                deb.part("data.tar");
            } catch (IOException e) {
                throw Failure.usage(each.toString(), "cannot be read: " + e.getMessage());
            }
        }
    }

    public List<Path> files() {
        var all = new ArrayList<>(List.of(file));
        all.addAll(companions);
        return all;
    }

    /** Of the files, in their order. */
    public List<String> names() {
        return files().stream().map(each -> each.getFileName().toString()).toList();
    }

    /** The checksums of the files: the manifest's for the package itself, a fresh one for its companions. */
    public List<String> checksums() {
        return files().stream().map(each -> each.equals(file) ? sha256 : Checksum.of(each)).toList();
    }

    @Override
    public String toString() {
        return name + " " + version;
    }
}
