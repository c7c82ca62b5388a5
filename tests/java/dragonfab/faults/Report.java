package dragonfab.faults;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The outcomes of a run as the second part of docs/faults.md. */
record Report(long seed, List<Outcome> outcomes) {

    List<String> lines() {
        var lines = new ArrayList<String>();
        long broken = outcomes.stream().filter(outcome -> !outcome.well()).count();
        lines.add("## The last run");
        lines.add("");
        lines.add("%s, seed %d: **%d faults, %d of them broke the invariant**.".formatted(LocalDate.now(), seed,
                outcomes.size(), broken));
        lines.add("");
        byFault(lines);
        lines.add("");
        visitors(lines);
        lines.add("");
        lines.add("### Case by case");
        lines.add("");
        lines.add("`tests/faults/run --seed %d --case N` runs one again.".formatted(seed));
        lines.add("");
        lines.add("| case | kind | fault | release | environment | strikes | exit | came to rest | visitors |");
        lines.add("|---|---|---|---|---|---|---|---|---|");
        outcomes.forEach(outcome -> lines.add(row(outcome)));
        return lines;
    }

    private void byFault(List<String> lines) {
        Map<String, List<Outcome>> groups = new LinkedHashMap<>();
        for (var outcome : outcomes) {
            groups.computeIfAbsent(outcome.fault().shop().name() + " | " + lower(outcome.fault().fault()) + " | "
                    + lower(outcome.fault().kind()), key -> new ArrayList<>()).add(outcome);
        }
        lines.add("| kind | fault | release | runs | old release | new release | maintenance"
                + " | seconds until at rest, at most | broken |");
        lines.add("|---|---|---|---|---|---|---|---|---|");
        groups.forEach((what, group) -> lines.add("| %s | %d | %d | %d | %d | %d | %d |".formatted(what, group.size(),
                rest(group, "old"), rest(group, "new"), rest(group, "closed"),
                group.stream().mapToLong(Outcome::seconds).max().orElse(0),
                group.stream().filter(outcome -> !outcome.well()).count())));
    }

    private static long rest(List<Outcome> group, String wanted) {
        return group.stream().filter(outcome -> outcome.rest().equals(wanted)).count();
    }

    private void visitors(List<String> lines) {
        lines.add("### What visitors got meanwhile");
        lines.add("");
        lines.add("| deploys | 200 from the old release | 200 from the new | 503 maintenance | anything else |");
        lines.add("|---|---|---|---|---|");
        Map<String, List<Outcome>> groups = new TreeMap<>();
        for (var outcome : outcomes) {
            groups.computeIfAbsent(group(outcome.fault()), key -> new ArrayList<>()).add(outcome);
        }
        groups.forEach((what, group) -> lines.add("| %s | %d | %d | %d | %s |".formatted(what.substring(2),
                got(group, Visitors.Got.OLD), got(group, Visitors.Got.NEW), got(group, Visitors.Got.MAINTENANCE),
                got(group, Visitors.Got.ELSE) == 0 ? "0" : got(group, Visitors.Got.ELSE) + ": " + others(group))));
    }

    private static String group(Case fault) {
        if (fault.mayShow()) {
            return fault.kind().good() ? "4 whose application, container or disk was taken away"
                    : "5 of bad releases without maintenance";
        }
        return !fault.kind().good() ? "3 of bad releases in maintenance"
                : fault.fault() == Fault.NONE ? "1 that nothing disturbed" : "2 that were disturbed";
    }

    private static int got(List<Outcome> group, Visitors.Got got) {
        return group.stream().mapToInt(outcome -> outcome.visitors().get(got)).sum();
    }

    private static String others(List<Outcome> group) {
        Map<String, Integer> sums = new TreeMap<>();
        group.forEach(outcome -> outcome.others().forEach((what, count) -> sums
                .merge(what.replaceAll(" release .*", "").replaceAll("^java\\.[a-z.]*", ""), count, Integer::sum)));
        return String.join(", ", sums.entrySet().stream().map(each -> each.getValue() + " " + each.getKey()).toList());
    }

    private static String row(Outcome outcome) {
        var fault = outcome.fault();
        var seen = outcome.visitors();
        return ("| %d | %s | %s | %s | %s | %s | %d | %s after %d s%s |"
                + " %d old, %d new, %d maintenance, %d else |").formatted(
                        fault.number(), fault.shop().name(), lower(fault.fault()), lower(fault.kind()),
                        fault.environment(),
                        fault.strikes(),
                        outcome.exit(), outcome.rest(), outcome.seconds(),
                        outcome.well() ? "" : " **" + String.join("; ", outcome.violations()) + "**",
                        seen.get(Visitors.Got.OLD), seen.get(Visitors.Got.NEW), seen.get(Visitors.Got.MAINTENANCE),
                        seen.get(Visitors.Got.ELSE));
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
