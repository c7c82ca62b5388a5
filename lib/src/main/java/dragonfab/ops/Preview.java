package dragonfab.ops;

import dragonfab.config.Conffiles;
import dragonfab.ops.HostState.Installed;
import dragonfab.ops.Prospect.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What the installation of a package would do on a target, told beforehand.
 *
 * <p>The same answers of the target give the same lines, in the same order.
 *
 * @param contents  of the package and of its companions, in the order of its files
 * @param sizes     bytes of those files
 * @param answers   what the environment answers of debconf's questions
 * @param answering the file with the answers; null where there is none
 * @param salt      keeps anybody from trying values until they fit what is kept of the answers
 */
public record Preview(DebPackage deb, List<DebContents> contents, long sizes, Conffiles conffiles,
        List<Debconf.Answer> answers, Path answering, String salt) {
    private static final long KILO = 1024;

    public Preview {
        contents = List.copyOf(contents);
        answers = List.copyOf(answers);
    }

    public List<Prospect> of(PackageFacts facts, HostState host) {
        var lines = new ArrayList<Prospect>();
        lines.add(installed(facts));
        if (runs(facts)) {
            lines.add(Prospect.fact("new version", deb.version().text() + ", which runs already: nothing is installed"));
            lines.addAll(standing(facts, host));
            return lines;
        }
        lines.add(Prospect.fact("new version", deb.version().text()));
        var architecture = DebFacts.of(facts).architecture();
        if (!deb.architecture().equals("all") && !deb.architecture().equals(architecture)) {
            lines.add(Prospect.problem("architecture", deb + " is for " + deb.architecture()
                    + ", and this machine is " + architecture));
        }
        apt(host, lines);
        for (var coming : contents) {
            var there = host.installed(coming.name());
            conffiles(there, coming, host, lines);
            files(there, coming, lines);
            scripts(there, coming, lines);
            lines.addAll(new Units(there, coming).prospects(host.active()));
        }
        questions(facts, lines);
        lines.addAll(room(host));
        lines.addAll(standing(facts, host));
        return lines;
    }

    /** What can be told of a package that is not there to be read. */
    public static List<Prospect> unbuilt(PackageFacts facts, HostState host, DebVersion coming) {
        var lines = new ArrayList<>(List.of(installed(facts), Prospect.fact("new version", coming.text()
                + ", not built yet: what it changes can be told after deb-build")));
        lines.addAll(standing(facts, host));
        return lines;
    }

    private static Prospect installed(PackageFacts facts) {
        return Prospect.fact("installed version", facts.running().orElse("none"));
    }

    /** This very file, with these answers. */
    private boolean runs(PackageFacts facts) {
        return facts.runs(deb.version().text())
                && facts.keeps(new Artifact(deb.file().getFileName().toString(), deb.sha256())) && !facts.unfinished()
                && (answers.isEmpty() || Debconf.mark(answers).equals(DebFacts.of(facts).answers()));
    }

    private void apt(HostState host, List<Prospect> lines) {
        var ours = contents.stream().map(DebContents::name).collect(Collectors.toSet());
        host.trial().prospects(ours, host.freshLists()).forEach(lines::add);
        if (!host.freshLists()) {
            lines.add(Prospect.remark("apt's lists", "are older than a day: the deploy fetches new ones if it needs"
                    + " other packages, and other versions may come"));
        }
    }

    private void conffiles(Installed there, DebContents coming, HostState host, List<Prospect> lines) {
        var sums = coming.conffileSums();
        var paths = new TreeSet<>(there.conffiles().keySet());
        there.obsolete().stream().filter(path -> !sums.containsKey(path)).forEach(paths::remove);
        paths.addAll(sums.keySet());
        for (var path : paths) {
            var disk = host.disk().getOrDefault(path, HostState.GONE);
            new ConffileFate(there.conffiles().get(path), disk, sums.get(path))
                    .told(conffiles, coming.unwanted().contains(path))
                    .ifPresent(text -> lines.add(Prospect.fact("conffile " + path, text, disk)));
        }
    }

    private static void files(Installed there, DebContents coming, List<Prospect> lines) {
        var sums = new TreeMap<>(coming.files());
        sums.keySet().removeAll(coming.conffileSums().keySet());
        if (there.version() == null) {
            lines.add(Prospect.fact("files of " + coming.name(), sums.size() + " new"));
            return;
        }
        var told = differences("file ", there.files(), sums);
        var counts = told.stream().collect(Collectors.groupingBy(Prospect::text, TreeMap::new, Collectors.counting()));
        lines.add(Prospect.fact("files of " + coming.name(), counts.isEmpty() ? "all as they are" : counts.entrySet()
                .stream().map(each -> each.getValue() + " " + each.getKey()).collect(Collectors.joining(", "))));
        lines.addAll(told);
    }

    private static void scripts(Installed there, DebContents coming, List<Prospect> lines) {
        if (there.version() != null) {
            lines.addAll(differences("script " + coming.name() + ".", there.scripts(), coming.scriptSums()));
        }
    }

    private static List<Prospect> differences(String kind, Map<String, String> before, Map<String, String> after) {
        var lines = new ArrayList<Prospect>();
        var names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        for (var name : names) {
            var old = before.get(name);
            var coming = after.get(name);
            if (old == null || !old.equals(coming)) {
                lines.add(Prospect.fact(kind + name, old == null ? "new" : coming == null ? "gone" : "changed",
                        old + " " + coming));
            }
        }
        return lines;
    }

    /** Names only: no value is looked at. */
    private void questions(PackageFacts facts, List<Prospect> lines) {
        var answered = answers.stream().map(Debconf.Answer::question).collect(Collectors.toSet());
        contents.stream().flatMap(coming -> coming.questions().stream()).distinct().forEach(name ->
                lines.add(Prospect.fact("question " + name, answered.contains(name)
                        ? "answered in " + answering.getFileName()
                        : "not answered: what the host has, or the package's default")));
        if (!answers.isEmpty()) {
            var mark = Debconf.mark(answers);
            lines.add(Prospect.fact("answers", mark.equals(DebFacts.of(facts).answers()) ? "those that the host was given before"
                    : "not those that the host was given before", Checksum.of(salt + mark)));
        }
    }

    /** Old and new lie side by side for a moment, so all of the new one has to fit. */
    private List<Prospect> room(HostState host) {
        long files = contents.stream().mapToLong(DebContents::size).sum() + host.trial().size();
        var needs = new TreeMap<String, Long>();
        var free = new TreeMap<String, Long>();
        Map.of("/usr", files, "/var/lib/dragonfab", sizes / KILO, "/var/cache/apt", host.trial().load())
                .forEach((folder, need) -> {
                    var room = host.room().get(folder);
                    if (room != null) {
                        needs.merge(room.mount(), need, Long::sum);
                        free.put(room.mount(), room.free());
                    }
                });
        return needs.entrySet().stream().map(need -> {
            var there = free.get(need.getKey());
            var text = megabytes(need.getValue()) + " needed, " + megabytes(there) + " free";
            return new Prospect(need.getValue() > there ? Kind.PROBLEM : Kind.REMARK, "disk " + need.getKey(), text, "");
        }).toList();
    }

    private static String megabytes(long kilobytes) {
        return (kilobytes + KILO - 1) / KILO + " MB";
    }

    /** How the target itself stands. */
    private static List<Prospect> standing(PackageFacts facts, HostState host) {
        var lines = new ArrayList<Prospect>();
        if (facts.armed()) {
            lines.add(Prospect.problem("way back", "a deploy was cut off, and is to be taken back first: heal does it"));
        }
        if (facts.unfinished()) {
            lines.add(Prospect.problem("dpkg", "was interrupted: heal finishes it"));
        }
        if (host.reboot()) {
            lines.add(Prospect.remark("reboot", "the machine waits for one"));
        }
        return lines;
    }
}
