package dragonfab.ops;

import dragonfab.shell.Command;
import java.util.List;

/** A Debian machine that packages are deployed to. */
public final class Machine {
    /** For checks over HTTP, and for copies. */
    private static final List<String> OURS = List.of("curl", "ca-certificates", "rsync");

    private Machine() {
    }

    /** Installs those of these packages that are missing, and prints them. */
    public static Command prepare(List<String> packages) {
        return Snippet.of("target-prepare").with(OURS.toArray()).with(packages.toArray()).asRoot();
    }
}
