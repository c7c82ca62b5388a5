package dragonfab.shell.ssh;

import dragonfab.report.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The known_hosts files as OpenSSH reads them, and what they say of a key. */
public record KnownHosts(List<KnownHost> entries) {
    /** Dozens of hosts are looked up in one file. */
    private static final Map<String, Reading> READ = new ConcurrentHashMap<>();

    /** OTHER_KIND: the host is known, but by another kind of key than the one it shows. */
    public enum Standing {
        KNOWN, UNKNOWN, OTHER_KIND, CHANGED, REVOKED
    }

    /** @param entry the line that decided; null when none did */
    public record Verdict(Standing standing, KnownHost entry) {
    }

    public static KnownHosts read(HostKeyRules rules) {
        var entries = new ArrayList<KnownHost>();
        for (var files : List.of(rules.userFiles(), rules.globalFiles())) {
            for (var file : files) {
                entries.addAll(read(file, ""));
            }
        }
        for (var file : rules.revoked()) {
            entries.addAll(read(file, "@revoked * "));
        }
        return new KnownHosts(List.copyOf(entries));
    }

    /** Only what is said of a host with one of these names. */
    public KnownHosts about(List<String> names) {
        var about = new ArrayList<KnownHost>();
        for (var entry : entries) {
            if (entry.isAbout(names)) {
                about.add(entry);
            }
        }
        return new KnownHosts(about);
    }

    /** The names are tried in turn; only a matching key counts under a name that is not the first. */
    public Verdict judge(List<String> names, HostKey key) {
        var verdict = judge(names.get(0), key);
        for (var name : names.subList(1, names.size())) {
            var other = judge(name, key);
            if (other.standing == Standing.REVOKED
                    || other.standing == Standing.KNOWN && verdict.standing == Standing.UNKNOWN) {
                return other;
            }
        }
        return verdict;
    }

    /** The kinds of key it is known by, so that it is asked for one of these. */
    public List<String> kinds(List<String> names) {
        return entries.stream()
                .filter(entry -> !entry.marker().equals("@revoked"))
                .filter(entry -> entry.isAbout(names))
                .map(entry -> entry.marker().isEmpty() ? entry.type() : entry.marker())
                .distinct().toList();
    }

    /** Writes a key down as the host's own, in the user's file. */
    public void add(HostKeyRules rules, HostKey key, String place) {
        var name = rules.hashed() ? KnownHost.hashed(rules.names().get(0)) : rules.names().get(0);
        var file = rules.file();
        try {
            synchronized (KnownHosts.class) {
                if (!Files.exists(file)) {
                    Files.createDirectories(file.toAbsolutePath().getParent(), permissions("rwx------"));
                    Files.createFile(file, permissions("rw-------"));
                }
                var before = Files.readString(file, StandardCharsets.ISO_8859_1);
                var start = before.isEmpty() || before.endsWith("\n") ? "" : "\n";
                Files.writeString(file, start + name + " " + key.type() + " " + key.blob() + "\n",
                        StandardOpenOption.APPEND);
            }
        } catch (IOException e) {
            throw Failure.failed(place, "cannot write the host's key into " + file + ": " + e.getMessage());
        }
    }

    private static FileAttribute<?> permissions(String letters) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(letters));
    }

    private Verdict judge(String name, HostKey key) {
        var verdict = new Verdict(Standing.UNKNOWN, null);
        for (var entry : entries) {
            if (entry.isAbout(name)) {
                var standing = standing(entry, key);
                if (standing == Standing.REVOKED) {
                    return new Verdict(standing, entry);
                }
                if (outweighs(standing, verdict.standing)) {
                    verdict = new Verdict(standing, entry);
                }
            }
        }
        return verdict;
    }

    private static boolean outweighs(Standing found, Standing before) {
        return found == Standing.KNOWN && before != Standing.KNOWN
                || found == Standing.CHANGED && (before == Standing.UNKNOWN || before == Standing.OTHER_KIND)
                || found == Standing.OTHER_KIND && before == Standing.UNKNOWN;
    }

    private static Standing standing(KnownHost entry, HostKey key) {
        var same = entry.blob().equals(key.blob());
        var signed = entry.blob().equals(key.authority());
        switch (entry.marker()) {
            case "@revoked":
                return same || signed ? Standing.REVOKED : Standing.UNKNOWN;
            case "@cert-authority":
                return signed ? Standing.KNOWN : Standing.UNKNOWN;
            case "":
                return same ? Standing.KNOWN
                        : entry.type().equals(key.type()) ? Standing.CHANGED : Standing.OTHER_KIND;
            default:
                return Standing.UNKNOWN;
        }
    }

    private static List<KnownHost> read(Path file, String before) {
        return READ.compute(before + file, (name, known) -> {
            try {
                var now = Files.readAttributes(file, BasicFileAttributes.class);
                return known != null && known.isOf(now) ? known
                        : new Reading(now.lastModifiedTime(), now.size(), entries(file, before));
            } catch (NoSuchFileException none) {
                return new Reading(null, 0, List.of());
            } catch (IOException e) {
                throw Failure.unreadable(file, e);
            }
        }).entries();
    }

    private static List<KnownHost> entries(Path file, String before) throws IOException {
        var entries = new ArrayList<KnownHost>();
        var lines = new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\n");
        for (int i = 0; i < lines.length; i++) {
            var entry = KnownHost.parse(before + lines[i], file, i + 1);
            if (entry != null) {
                entries.add(entry);
            }
        }
        return entries;
    }

    /** What a file said when it was last changed. */
    private record Reading(FileTime changed, long size, List<KnownHost> entries) {

        boolean isOf(BasicFileAttributes now) {
            return size == now.size() && now.lastModifiedTime().equals(changed);
        }
    }
}
