package dragonfab.release.deb;

import dragonfab.shell.KeyedLines;
import dragonfab.deb.DebVersion;
import dragonfab.release.PlanLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What apt would do with new packages, by its own word.
 *
 * @param said its lines
 * @param code of apt, -1 where it was garbled; null when it was not tried
 * @param size kilobytes that packages take which are none of ours
 * @param load kilobytes of their archives
 */
record AptSimulation(List<String> said, Integer code, long size, long load) {
    private static final Pattern INSTALL = Pattern.compile("Inst (\\S+) (?:\\[([^\\]]*)\\] )?\\((\\S+) .*");
    private static final Pattern REMOVE = Pattern.compile("(?:Remv|Purg) (\\S+)(?: \\[([^\\]]*)\\])?.*");
    private static final Pattern NOISE =
            Pattern.compile("(Reading|Building) .*\\.\\.\\.|\\s*|N: .*|WARNING: apt does not.*");

    /** @param lines "apt WORDS", "code NUMBER" and "others SIZE LOAD" */
    static AptSimulation of(List<String> lines) {
        var said = new ArrayList<String>();
        Integer code = null;
        long size = 0;
        long load = 0;
        for (var line : lines) {
            var part = line.split(" ");
            if (part[0].equals("code")) {
                // What is garbled went not well.
                code = (int) KeyedLines.number(line.substring("code".length())).orElse(-1);
            } else if (part[0].equals("others")) {
                size = KeyedLines.number(part[Math.min(1, part.length - 1)]).orElse(0);
                load = KeyedLines.number(part[part.length - 1]).orElse(0);
            } else {
                said.add(line.substring(Math.min(line.length(), "apt ".length())));
            }
        }
        return new AptSimulation(said, code, size, load);
    }

    /** What happens to packages other than these. @param fresh whether its lists are, or a refusal says nothing yet */
    Stream<PlanLine> lines(Set<String> ours, boolean fresh) {
        if (code == null) {
            return Stream.of();
        }
        if (code != 0) {
            var words = String.join(" ", said.stream().filter(line -> !NOISE.matcher(line).matches())
                    .map(String::strip).toList());
            return Stream.of(fresh ? PlanLine.problem("apt", "would refuse: " + words)
                    : PlanLine.remark("apt",
                            "fetches its lists first, for with those it has it would refuse: " + words));
        }
        return said.stream().flatMap(line -> line(line, ours));
    }

    private static Stream<PlanLine> line(String line, Set<String> ours) {
        var install = INSTALL.matcher(line);
        if (install.matches() && !ours.contains(install.group(1))) {
            var before = install.group(2);
            var after = install.group(3);
            return Stream.of(PlanLine.fact("apt " + install.group(1), before == null ? "is installed: " + after
                    : (new DebVersion(before).compareTo(new DebVersion(after)) > 0 ? "is downgraded: "
                            : "is upgraded: ") + before + " -> " + after));
        }
        var remove = REMOVE.matcher(line);
        return remove.matches() ? Stream.of(PlanLine.problem("apt " + remove.group(1),
                "would have to be removed, which a deploy never does")) : Stream.of();
    }
}
