package dragonfab.deb;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import com.grack.nanojson.JsonWriter;
import dragonfab.files.Checksum;
import dragonfab.files.WholeFile;
import dragonfab.report.Failure;
import dragonfab.report.Remedy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A package, by its control file and, where it was built here, the manifest that lies beside it: what it was built
 * from, and its checksum.
 *
 * @param commit     what it was built from, or "" when that is not known
 * @param companions files of the same build that it depends on, this one not among them
 */
public record DebPackage(String name, DebVersion version, String architecture, Path file, String sha256,
        String commit, List<Path> companions, BuiltWith built) {
    private static final Pattern FILE = Pattern.compile(
            "([a-z0-9][a-z0-9+.-]+)_([^_]+)_([a-z0-9-]+)(?:\\.[0-9a-f]{16})?\\.deb");
    private static final Pattern NEIGHBOUR = Pattern.compile("[^./\\p{Cntrl}][^/\\p{Cntrl}]*\\.deb");

    public DebPackage {
        companions = List.copyOf(companions);
    }

    /** The newest of exactly this package by version: neither a sibling of like name, nor the file last touched. */
    public static DebPackage newest(Path folder, String name) {
        var there = controls(folder, name);
        var version = there.values().stream().map(DebControl::version).max(Comparator.naturalOrder())
                .orElseThrow(() -> Failure.usage(folder.toString(), "there is no package " + name)
                        .remedy(Remedy.here("deb-build")));
        var newest = of(there, version);
        for (var other : newest) {
            if (other.architecture.equals(newest.get(0).architecture)
                    && !other.sha256.equals(newest.get(0).sha256)) {
                throw Failure.usage(folder.toString(), "there are two packages " + newest.get(0) + " with other bytes: "
                        + newest.get(0).file.getFileName() + " and " + other.file.getFileName()).remedy("name one");
            }
        }
        return newest.get(0);
    }

    private static List<DebPackage> of(Map<Path, DebControl> some, DebVersion version) {
        return some.entrySet().stream().filter(each -> each.getValue().version().equals(version))
                .map(Map.Entry::getKey).sorted().map(DebPackage::of).toList();
    }

    /** This one, and those of the same version and commit that lie beside it for other architectures. */
    public List<DebPackage> builds() {
        var all = new ArrayList<>(List.of(this));
        if (Files.exists(file)) {
            of(controls(file.toAbsolutePath().getParent(), name), version).stream()
                    .filter(other -> other.commit.equals(commit) && all.stream()
                            .noneMatch(known -> known.architecture.equals(other.architecture)))
                    .forEach(all::add);
        }
        return all;
    }

    /** Whether it is for machines of that architecture. */
    public boolean isFor(String machine) {
        return isForAll() || architecture.equals(machine);
    }

    public boolean isForAll() {
        return architecture.equals("all");
    }

    /** Whether two files are of one version and for two architectures, by their names. */
    public static boolean areBuilds(String one, String other) {
        var first = FILE.matcher(one);
        var second = FILE.matcher(other);
        return first.matches() && second.matches() && first.group(1).equals(second.group(1))
                && first.group(2).equals(second.group(2)) && !first.group(3).equals(second.group(3));
    }

    public static List<DebPackage> all(Path folder, String name) {
        return controls(folder, name).keySet().stream().sorted().map(DebPackage::of).toList();
    }

    /** Those of that name, whatever their files are called; nothing else of them is read. */
    private static Map<Path, DebControl> controls(Path folder, String name) {
        if (!Files.isDirectory(folder)) {
            return Map.of();
        }
        var found = new HashMap<Path, DebControl>();
        try (var files = Files.list(folder)) {
            for (var file : files.filter(file -> NEIGHBOUR.matcher(file.getFileName().toString()).matches()).toList()) {
                control(file, name).filter(control -> control.name().equals(name))
                        .ifPresent(control -> found.put(file, control));
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of somebody else's file that cannot be read nobody needs to hear; of one that may be ours, everybody. */
    private static Optional<DebControl> control(Path file, String name) {
        try {
            return Optional.of(DebControl.of(file));
        } catch (Failure unreadable) {
            if (file.getFileName().toString().startsWith(name + "_")) {
                throw unreadable;
            }
            return Optional.empty();
        }
    }

    /** Of these files the one with the highest version of the same package, for the same machines. */
    public static Optional<String> newestLike(String file, Collection<String> others) {
        var like = FILE.matcher(file);
        return like.matches() ? others.stream().map(FILE::matcher)
                .filter(other -> other.matches() && other.group(1).equals(like.group(1))
                        && other.group(3).equals(like.group(3)))
                .max(Comparator.comparing(other -> new DebVersion(other.group(2)))).map(Matcher::group)
                : Optional.empty();
    }

    /** One file: what it is, by its control file, and how it was built, by its manifest. */
    public static DebPackage of(Path file) {
        if (!Files.exists(file)) {
            throw Failure.usage(file.toString(), "no such file");
        }
        var control = DebControl.of(file);
        var manifest = file.resolveSibling(file.getFileName() + ".json");
        if (Files.exists(manifest)) {
            return read(file, control, manifest);
        }
        return new DebPackage(control.name(), control.version(), control.architecture(), file, Checksum.of(file), "",
                List.of(), BuiltWith.UNKNOWN);
    }

    private static DebPackage read(Path file, DebControl control, Path manifest) {
        try {
            var json = JsonParser.object().from(Files.readString(manifest));
            var companions = json.getArray("companions").stream()
                    .map(name -> file.resolveSibling(neighbour((String) name))).toList();
            return new DebPackage(control.name(), control.version(), control.architecture(), file,
                    text(json, "sha256"), text(json, "commit"), companions, built(json.getObject("built")));
        } catch (IOException | JsonParserException | RuntimeException e) {
            throw Failure.usage(manifest.toString(), "is no manifest of a package: " + e.getMessage());
        }
    }

    private static String text(JsonObject json, String key) {
        return Optional.ofNullable(json.getString(key))
                .orElseThrow(() -> new IllegalArgumentException(key + " is missing"));
    }

    private static String neighbour(String name) {
        if (!NEIGHBOUR.matcher(name).matches()) {
            throw new IllegalArgumentException("a companion lies beside it: " + name);
        }
        return name;
    }

    private static BuiltWith built(JsonObject json) {
        if (json == null) {
            return BuiltWith.UNKNOWN;
        }
        var keys = new TreeMap<String, String>();
        json.getObject("keys").forEach((key, value) -> keys.put(key, (String) value));
        return new BuiltWith(text(json, "suite"), text(json, "architecture"), keys);
    }

    /** Written beside the package; what {@link #of} reads. */
    public void writeManifest() throws IOException {
        var json = new JsonObject(new LinkedHashMap<>());
        json.put("name", name);
        json.put("version", version.text());
        json.put("architecture", architecture);
        json.put("sha256", sha256);
        json.put("commit", commit);
        json.put("companions", new ArrayList<>(companions.stream().map(c -> c.getFileName().toString()).toList()));
        if (!built.equals(BuiltWith.UNKNOWN)) {
            var with = new JsonObject(new LinkedHashMap<>());
            with.put("suite", built.suite());
            with.put("architecture", built.architecture());
            with.put("keys", new JsonObject(new LinkedHashMap<>(built.keys())));
            json.put("built", with);
        }
        WholeFile.write(file.resolveSibling(file.getFileName() + ".json"), part -> Files.writeString(part,
                JsonWriter.indent("  ").string().object(json).done() + "\n"));
    }

    /** What is in the folder now is still what was built. */
    public boolean intact() {
        return Files.exists(file) && Checksum.of(file).equals(sha256) && companions.stream()
                .allMatch(each -> Files.exists(each) && of(each).intact());
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
        return files().stream().map(DebPackage::nameOf).toList();
    }

    /** What Debian calls a package; one that lies elsewhere is called so there. */
    public static String nameOf(Path file) {
        return Files.exists(file) ? DebControl.of(file).fileName() : file.getFileName().toString();
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
