package dragonfab.release.deb;

import dragonfab.deb.DebContents;
import dragonfab.release.PlanLine;
import dragonfab.release.deb.HostPackages.Installed;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The systemd units of a package, and what becomes of those that run when the new one is installed. */
record UnitChanges(Installed there, DebContents coming) {
    private static final Pattern FILE =
            Pattern.compile("(?:/usr)?/lib/systemd/system/([^/]+\\.(?:service|socket|timer))");
    /** debhelper's scripts put the word into a variable. */
    private static final Pattern INDIRECT = Pattern.compile("(?m)^\\s*_dh_action=(?:try-)?restart\\b");
    private static final Pattern RESTART = Pattern.compile("\\b(?:(?:try-|or-|reload-or-)*restart)\\b");

    /** Only of units that run: the others are left alone, or are started by their enabling. */
    List<PlanLine> lines(Set<String> active) {
        return names().stream().filter(unit -> active.stream().anyMatch(one -> isOf(one, unit)))
                .map(unit -> PlanLine.fact("unit " + unit, restarts(unit)
                        ? "runs, and is restarted" : "runs, and may be restarted"))
                .toList();
    }

    private Set<String> names() {
        var names = new TreeSet<String>();
        Stream.concat(there.files().keySet().stream(), coming.files().keySet().stream()).map(FILE::matcher)
                .filter(java.util.regex.Matcher::matches).forEach(file -> names.add(file.group(1)));
        return names;
    }

    /** app@1.service is of app@.service. */
    private static boolean isOf(String running, String unit) {
        int at = unit.indexOf("@.");
        return at < 0 ? running.equals(unit) : running.startsWith(unit.substring(0, at + 1))
                && running.endsWith(unit.substring(at + 1));
    }

    /** Whether a script says so in so many words: a line that names the unit and the command. */
    private boolean restarts(String unit) {
        var postinst = coming.scripts().getOrDefault("postinst", "");
        boolean indirect = INDIRECT.matcher(postinst).find();
        var service = unit.endsWith(".service") ? "(\\.service)?" : "";
        var name = Pattern.compile("(?<![\\w@.-])" + Pattern.quote(unit.replaceFirst("\\.service$", "")) + service
                + "(?![\\w@.-])");
        return postinst.lines().filter(line -> name.matcher(line).find())
                .anyMatch(line -> RESTART.matcher(line).find() || indirect && line.contains("$_dh_action"));
    }
}
