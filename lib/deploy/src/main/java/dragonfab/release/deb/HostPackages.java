package dragonfab.release.deb;

import dragonfab.deb.DebVersion;
import dragonfab.shell.KeyedLines;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a target answered before packages are installed on it.
 *
 * @param packages    those that are installed or have left conffiles, by name
 * @param disk        the MD5 of each conffile as it lies there, by path; "gone" where there is none
 * @param active      the units that run
 * @param fileSystems file systems and what is free on them, by a folder that is on them
 * @param freshLists  whether apt's lists are of today
 */
public record HostPackages(Map<String, Installed> packages, Map<String, String> disk, Set<String> active,
        Map<String, FileSystem> fileSystems, boolean freshLists, boolean reboot, AptSimulation trial) {
    static final String GONE = "gone";

    /**
     * A package there.
     *
     * @param version   null when only conffiles are left of it
     * @param conffiles the MD5 of each as the package brought it, by path
     * @param obsolete  those of them that an earlier upgrade left behind
     * @param files     the MD5 of each other file, by path
     * @param scripts   the MD5 of each maintainer script, by name
     * @param edited    the MD5 of each file that somebody changed there, or "gone", by path
     * @param overrides files that stand over its units
     */
    record Installed(DebVersion version, long size, Map<String, String> conffiles, Set<String> obsolete,
            Map<String, String> files, Map<String, String> scripts, Map<String, String> edited,
            List<String> overrides) {
        static final Installed NOTHING = new Installed(null, 0, Map.of(), Set.of(), Map.of(), Map.of(), Map.of(),
                List.of());
    }

    /** A file system. @param free kilobytes */
    record FileSystem(String mount, long free) {
    }

    public static HostPackages of(List<String> lines) {
        var packages = new HashMap<String, Section>();
        var disk = new TreeMap<String, String>();
        var active = new HashSet<String>();
        var fileSystems = new TreeMap<String, FileSystem>();
        var trial = new ArrayList<String>();
        var words = new HashSet<String>();
        var section = new Section();
        for (var line : lines) {
            var part = line.split(" ", 2);
            var rest = part.length > 1 ? part[1] : "";
            switch (part[0]) {
                case "package" -> packages.put(rest, section = new Section());
                case "disk" -> put(disk, rest);
                case "active" -> active.add(rest);
                case "free" -> {
                    var word = rest.split(" ");
                    var free = KeyedLines.number(word[word.length - 1]);
                    if (word.length == 3 && free.isPresent()) {
                        fileSystems.put(word[0], new FileSystem(word[1], free.getAsLong()));
                    }
                }
                case "apt", "code", "others" -> trial.add(line);
                case "lists", "reboot" -> words.add(part[0]);
                default -> section.read(part[0], rest);
            }
        }
        return new HostPackages(packages.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey,
                each -> each.getValue().installed())), disk, active, fileSystems, words.contains("lists"),
                words.contains("reboot"), AptSimulation.of(trial));
    }

    /** A checksum, and what it is of. */
    private static void put(Map<String, String> sums, String words) {
        var part = words.split(" ", 2);
        if (part.length == 2) {
            sums.put(part[1], part[0]);
        }
    }

    Installed installed(String name) {
        return packages.getOrDefault(name, Installed.NOTHING);
    }

    private static final class Section {
        private final Map<String, String> conffiles = new TreeMap<>();
        private final Set<String> obsolete = new HashSet<>();
        private final Map<String, String> files = new TreeMap<>();
        private final Map<String, String> scripts = new TreeMap<>();
        private final Map<String, String> edited = new TreeMap<>();
        private final List<String> overrides = new ArrayList<>();
        private DebVersion version;
        private long size;

        void read(String key, String rest) {
            switch (key) {
                case "version" -> version = new DebVersion(rest);
                case "size" -> size = KeyedLines.number(rest).orElse(0);
                case "conffile" -> put(conffiles, rest);
                case "obsolete" -> {
                    put(conffiles, rest);
                    obsolete.add(rest.replaceFirst("^\\S* ", ""));
                }
                case "file" -> put(files, rest);
                case "script" -> put(scripts, rest);
                case "edited" -> put(edited, rest);
                case "override" -> overrides.add(rest);
                default -> {
                    // A later release of ours may say more.
                }
            }
        }

        Installed installed() {
            return new Installed(version, size, conffiles, obsolete, files, scripts, edited, overrides);
        }
    }
}
