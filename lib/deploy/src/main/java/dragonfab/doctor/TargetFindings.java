package dragonfab.doctor;

import dragonfab.report.LongList;
import dragonfab.shell.Command;
import dragonfab.shell.KeyedLines;
import dragonfab.shell.ShellScript;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a target answered to the doctor, as findings. */
public record TargetFindings(String place, KeyedLines said) {
    private static final long LEAST_FREE = 1_000_000;
    private static final Duration MOST_SKEW = Duration.ofSeconds(30);

    public TargetFindings(String place, List<String> lines) {
        this(place, new KeyedLines(lines));
    }

    /** @param packageName null when the environment names none */
    public static Command questions(String packageName) {
        return ShellScript.after("release/deb/package/units", "doctor/target")
                .with(packageName == null ? new Object[0] : new Object[] {packageName})
                .asking();
    }

    /** @param here the time on this machine when the target said its own */
    public List<Finding> findings(Instant here) {
        var findings = new ArrayList<Finding>();
        findings.add(system());
        said.all("disk").forEach(disk -> findings.add(disk(disk)));
        findings.add(ClockExamination.of(place, said.value("time").orElse(""), here, MOST_SKEW));
        findings.add(unfinished());
        sources().ifPresent(findings::add);
        findings.add(lock());
        findings.add(has("systemd", "systemd", "it does not run there, and a step of a deploy is a unit of it", true));
        findings.add(has("python3", "python3", "is not there, and an application may need it", false));
        findings.add(has("debconf", "debconf-set-selections", "is not there, and debconf answers go by it", true));
        if (said.value("starts").isPresent()) {
            findings.add(
                    Finding.warning("services", place, "the package brings none, and nothing for init, cron or a web"
                            + " server: nothing starts it", "a unit in debian/, or name under services what runs it"));
        }
        said.value("kept")
                .ifPresent(count -> findings.add(Finding.ok("releases", place, installed() + count + " kept")));
        return findings;
    }

    private Finding system() {
        var architecture = said.value("architecture").orElse("");
        var system = said.value("system").orElse("an unknown system");
        return architecture.isEmpty()
                ? Finding.problem("system", place, system + " has no dpkg", "packages go to Debian and its kin")
                : Finding.ok("system", place, system + ", " + architecture);
    }

    private Finding disk(String disk) {
        var parts = disk.split(" ");
        var said = KeyedLines.number(parts[parts.length - 1]);
        if (parts.length < 2 || said.isEmpty()) {
            return Finding.problem("disk", place, "it does not say how much is free: " + disk, "df -k");
        }
        long free = said.getAsLong();
        var text = String.format(Locale.ROOT, "%.1f GB free on %s", free / 1e6, parts[0]);
        return free >= LEAST_FREE ? Finding.ok("disk", place, text)
                : Finding.problem("disk", place, text, "make room: apt-get clean, journalctl --vacuum-size=200M");
    }

    private Finding unfinished() {
        var packages = said.all("unfinished");
        return packages.isEmpty() ? Finding.ok("dpkg", place, "no package is half-configured")
                : Finding.problem("dpkg", place, "half-configured: " + LongList.of(packages),
                        "sudo dpkg --configure -a");
    }

    private Optional<Finding> sources() {
        var errors = said.all("unreadable");
        return errors.isEmpty() ? Optional.empty() : Optional.of(Finding.problem("apt sources", place,
                "apt can read none of them: " + errors.get(0), "mend what it names, below /etc/apt/sources.list.d"));
    }

    private Finding lock() {
        return said.value("locked").map(who -> Finding.warning("apt", place, who.replaceFirst(" ", ", process ")
                + ", is at work", "a deploy waits for it; see what it does when it does not end"))
                .orElse(Finding.ok("apt", place, "nobody is at work"));
    }

    private Finding has(String check, String program, String without, boolean needed) {
        if (said.lines().contains("has " + program)) {
            return Finding.ok(check, place, "is there");
        }
        return needed ? Finding.problem(check, place, without, "apt install " + check)
                : Finding.warning(check, place, without, "apt install " + check);
    }

    private String installed() {
        return said.value("installed").filter(version -> !version.isEmpty()).map(version -> version + " runs, ")
                .orElse("not installed, ");
    }
}
