package dragonfab.provision;

import dragonfab.shell.Command;
import dragonfab.shell.ShellScript;
import java.util.List;

/** A Debian machine that packages are deployed to. */
public final class TargetPackages {
    /** For checks over HTTP, and for copies. */
    private static final List<String> OURS = List.of("curl", "ca-certificates", "rsync");

    private TargetPackages() {
    }

    /** Installs those of these packages that are missing, and prints them. */
    public static Command prepare(List<String> packages) {
        return ShellScript.of("provision/target/prepare").with(OURS.toArray()).with(packages.toArray()).asRoot();
    }
}
