package dragonfab.doctor;

import dragonfab.report.Remedy;
import dragonfab.shell.Command;
import dragonfab.shell.KeyedLines;
import dragonfab.shell.ShellScript;
import java.util.List;

/** What this machine answered to the doctor, as findings. */
public record LocalFindings(KeyedLines said) {
    private static final String PLACE = "local";

    public LocalFindings(List<String> lines) {
        this(new KeyedLines(lines));
    }

    public static Command questions() {
        return ShellScript.of("doctor/local").asking();
    }

    public static Finding java(Runtime.Version version) {
        return Finding.ok("java", PLACE, "Java " + version.feature());
    }

    public List<Finding> findings(boolean overSsh) {
        return List.of(
                said.value("git").map(version -> Finding.ok("git", PLACE, "git " + version))
                        .orElse(Finding.warning("git", PLACE, "is not installed, and builds of a commit need it",
                                apt("git"))),
                said.value("ssh").map(version -> Finding.ok("ssh", PLACE, version))
                        .orElse(missingSsh(overSsh)));
    }

    private static Remedy apt(String name) {
        return Remedy.program("sudo", "apt-get", "install", name);
    }

    private static Finding missingSsh(boolean needed) {
        var text = "is not installed; it reads the SSH configuration and opens shells";
        return needed ? Finding.problem("ssh", PLACE, text, apt("openssh-client"))
                : Finding.warning("ssh", PLACE, text, apt("openssh-client"));
    }

    public boolean lxc() {
        return said.value("lxc").isPresent();
    }

    /** @param needed whether a container is to be here @param environment its name; null where none was named */
    public Finding containers(boolean needed, String environment) {
        var init = environment == null ? Remedy.advice("let init prepare an environment")
                : Remedy.script("init", environment);
        if (!lxc()) {
            return needed ? Finding.problem("lxc", PLACE, "LXC is not installed", init)
                    : Finding.warning("lxc", PLACE, "LXC is not installed; packages can be built elsewhere", init);
        }
        return said.value("bridge").isPresent()
                ? Finding.ok("lxc", PLACE, "LXC " + said.value("lxc").get() + ", bridge up")
                : Finding.problem("lxc", PLACE, "the bridge lxcbr0 is down: containers would get no address", init);
    }
}
