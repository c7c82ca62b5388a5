package dragonfab.release.deb;

import dragonfab.config.Conffiles;
import dragonfab.deb.DebContents;
import dragonfab.deb.DebPackage;
import dragonfab.deb.DebVersion;
import dragonfab.deb.Debconf;
import dragonfab.files.Checksum;
import dragonfab.release.PlanLine;
import dragonfab.release.PlanLine.Kind;
import dragonfab.release.deb.HostPackages.Installed;
import dragonfab.state.ReleaseId;
import dragonfab.state.TargetFacts;
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
 * <p>Equal answers of the target give equal lines, in one order.
 *
 * @param contents  of the package and of its companions, in the order of its files
 * @param sizes     bytes of those files
 * @param answers   what the environment answers of debconf's questions
 * @param answering the file with the answers; null where there is none
 * @param salt      keeps anybody from trying values until they fit what is kept of the answers
 */
public record PackagePreview(DebPackage deb, List<DebContents> contents, long sizes, Conffiles conffiles,
        List<Debconf.Answer> answers, Path answering, String salt) {
    private static final long KILO = 1024;

    public PackagePreview {
        contents = List.copyOf(contents);
        answers = List.copyOf(answers);
    }

    public List<PlanLine> of(TargetFacts facts, HostPackages host) {
        var lines = new ArrayList<PlanLine>();
        lines.add(installed(facts));
        if (runs(facts)) {
            lines.add(PlanLine.fact("new version", deb.version().text()
                    + ", which runs already: nothing is installed"));
            lines.addAll(standing(facts, host));
            return lines;
        }
        lines.add(PlanLine.fact("new version", deb.version().text()));
        var architecture = DebFacts.of(facts).architecture();
        if (!deb.isFor(architecture)) {
            lines.add(PlanLine.problem("architecture", deb + " is for " + deb.architecture()
                    + ", and this machine is " + architecture));
        }
        apt(host, lines);
        for (var coming : contents) {
            var there = host.installed(coming.name());
            conffiles(there, coming, host, lines);
            files(there, coming, lines);
            scripts(there, coming, lines);
            drift(there, coming.files(), lines);
            lines.addAll(new UnitChanges(there, coming).lines(host.active()));
        }
        questions(facts, lines);
        lines.addAll(freeSpace(host));
        lines.addAll(standing(facts, host));
        return lines;
    }

    /** What can be told of a package that is not there to be read. */
    public static List<PlanLine> unbuilt(TargetFacts facts, HostPackages host, DebVersion coming) {
        var lines = new ArrayList<>(List.of(installed(facts), PlanLine.fact("new version", coming.text()
                + ", not built yet: what it changes is known after deb-build")));
        host.packages().values().forEach(there -> drift(there, Map.of(), lines));
        lines.addAll(standing(facts, host));
        return lines;
    }

    private static PlanLine installed(TargetFacts facts) {
        return PlanLine.fact("installed version", facts.running().orElse("none"));
    }

    /** This very file, with these answers. */
    private boolean runs(TargetFacts facts) {
        return facts.runsAsDeployed(ReleaseId.of(deb.version().text(), deb.commit(), deb.names(), deb.checksums()))
                && facts.kept().containsKey(deb.sha256())
                && (answers.isEmpty() || Debconf.mark(answers).equals(DebFacts.of(facts).answers()));
    }

    private void apt(HostPackages host, List<PlanLine> lines) {
        var ours = contents.stream().map(DebContents::name).collect(Collectors.toSet());
        host.trial().lines(ours, host.freshLists()).forEach(lines::add);
        if (!host.freshLists()) {
            lines.add(PlanLine.remark("apt's lists", "are older than a day: the deploy fetches new ones if it needs"
                    + " other packages, and other versions may come"));
        }
    }

    private void conffiles(Installed there, DebContents coming, HostPackages host, List<PlanLine> lines) {
        var sums = coming.conffileSums();
        var paths = new TreeSet<>(there.conffiles().keySet());
        there.obsolete().stream().filter(path -> !sums.containsKey(path)).forEach(paths::remove);
        paths.addAll(sums.keySet());
        for (var path : paths) {
            var disk = host.disk().getOrDefault(path, HostPackages.GONE);
            new ConffileOutcome(there.conffiles().get(path), disk, sums.get(path))
                    .told(conffiles, coming.unwanted().contains(path))
                    .ifPresent(text -> lines.add(PlanLine.fact("conffile " + path, text, disk)));
        }
    }

    private static void files(Installed there, DebContents coming, List<PlanLine> lines) {
        var sums = new TreeMap<>(coming.files());
        sums.keySet().removeAll(coming.conffileSums().keySet());
        if (there.version() == null) {
            lines.add(PlanLine.fact("files of " + coming.name(), sums.size() + " new"));
            return;
        }
        // What dpkg has summed up itself, for want of sums in the package, has its conffiles too.
        var before = new TreeMap<>(there.files());
        before.keySet().removeAll(there.conffiles().keySet());
        var told = differences("file ", before, sums);
        var counts = told.stream().collect(Collectors.groupingBy(PlanLine::text, TreeMap::new, Collectors.counting()));
        lines.add(PlanLine.fact("files of " + coming.name(), counts.isEmpty() ? "all as they are" : counts.entrySet()
                .stream().map(each -> each.getValue() + " " + each.getKey()).collect(Collectors.joining(", "))));
        lines.addAll(told);
    }

    private static void scripts(Installed there, DebContents coming, List<PlanLine> lines) {
        if (there.version() != null) {
            lines.addAll(differences("script " + coming.name() + ".", there.scripts(), coming.scriptSums()));
        }
    }

    /** What somebody changed there, and what becomes of it. */
    private static void drift(Installed there, Map<String, String> coming, List<PlanLine> lines) {
        there.edited().forEach((path, disk) -> {
            if (disk.equals(HostPackages.GONE)) {
                lines.add(PlanLine.fact("drift " + path, "deleted on the host"
                        + (coming.containsKey(path) ? ": comes back" : "")));
            } else if (!disk.equals(coming.get(path))) {
                lines.add(PlanLine.fact("drift " + path,
                        "edited on the host, and lost: refused without --overwrite-drift", disk));
            }
        });
        there.overrides().forEach(path -> lines.add(PlanLine.fact("drift " + path, "made on the host: stays")));
    }

    private static List<PlanLine> differences(String kind, Map<String, String> before, Map<String, String> after) {
        var lines = new ArrayList<PlanLine>();
        var names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        for (var name : names) {
            var old = before.get(name);
            var coming = after.get(name);
            if (old == null || !old.equals(coming)) {
                lines.add(PlanLine.fact(kind + name, old == null ? "new" : coming == null ? "gone" : "changed",
                        old + " " + coming));
            }
        }
        return lines;
    }

    /** Names only: no value is looked at. */
    private void questions(TargetFacts facts, List<PlanLine> lines) {
        var answered = answers.stream().map(Debconf.Answer::question).collect(Collectors.toSet());
        contents.stream().flatMap(coming -> coming.questions().stream()).distinct()
                .forEach(name -> lines.add(PlanLine.fact("question " + name, answered.contains(name)
                        ? "answered in " + answering.getFileName()
                        : "not answered: what the host has, or the package's default")));
        if (!answers.isEmpty()) {
            var mark = Debconf.mark(answers);
            lines.add(PlanLine.fact("debconf answers", mark.equals(DebFacts.of(facts).answers())
                    ? "those that the host was given before"
                    : "not those that the host was given before", Checksum.of(salt + mark)));
        }
    }

    /** Old and new lie side by side for a moment, so all of the new one has to fit. */
    private List<PlanLine> freeSpace(HostPackages host) {
        long files = contents.stream().mapToLong(DebContents::size).sum() + host.trial().size();
        var needs = new TreeMap<String, Long>();
        var free = new TreeMap<String, Long>();
        Map.of("/usr", files, "/var/lib/dragonfab", sizes / KILO, "/var/cache/apt", host.trial().load())
                .forEach((folder, need) -> {
                    var fileSystem = host.fileSystems().get(folder);
                    if (fileSystem != null) {
                        needs.merge(fileSystem.mount(), need, Long::sum);
                        free.put(fileSystem.mount(), fileSystem.free());
                    }
                });
        return needs.entrySet().stream().map(need -> {
            var there = free.get(need.getKey());
            var text = megabytes(need.getValue()) + " needed, " + megabytes(there) + " free";
            var kind = need.getValue() > there ? Kind.PROBLEM : Kind.REMARK;
            return new PlanLine(kind, "disk " + need.getKey(), text, "");
        }).toList();
    }

    private static String megabytes(long kilobytes) {
        return (kilobytes + KILO - 1) / KILO + " MB";
    }

    /** How the target itself stands. */
    private static List<PlanLine> standing(TargetFacts facts, HostPackages host) {
        var lines = new ArrayList<PlanLine>();
        if (facts.armed()) {
            lines.add(PlanLine.problem("rollback",
                    "a deploy was cut off, and is to be rolled back first: heal does it"));
        }
        if (facts.running().isPresent() && facts.runningRelease().isEmpty()) {
            lines.add(PlanLine.remark("journal", "does not know what runs: refused without --allow-no-rollback"));
        }
        if (facts.unfinished()) {
            lines.add(PlanLine.problem("dpkg", "was interrupted: heal finishes it"));
        }
        facts.inTheWay().forEach(name -> lines.add(PlanLine.problem("dpkg " + name.split(" ")[0],
                "is " + name.substring(name.indexOf(' ') + 1) + ": nothing is installed before that is finished")));
        facts.said().filled("held").ifPresent(held -> lines.add(PlanLine.problem("hold",
                "the package is held there: apt-mark unhold first")));
        if (host.reboot()) {
            lines.add(PlanLine.remark("reboot", "the machine waits for one"));
        }
        return lines;
    }
}
