package dragonfab;

import dragonfab.ops.LockInfo;
import dragonfab.ops.Site;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A person's word that nobody deploys for a while; kept on each target until it is taken back. */
public final class Holds {

    private Holds() {
    }

    /** The newest word counts. */
    public static void put(Run run, String message) {
        var info = new LockInfo("", Who.am(), Instant.now().truncatedTo(ChronoUnit.SECONDS), message);
        var site = site(run);
        run.each(remote -> remote.run("forbid deploys", site.hold(info)));
    }

    public static void remove(Run run) {
        var site = site(run);
        run.each(remote -> remote.run("allow deploys", site.release(), said -> said.contains("changed")));
    }

    private static Site site(Run run) {
        return new Site(run.environment().application("lock"));
    }
}
