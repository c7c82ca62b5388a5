package dragonfab;

import dragonfab.ops.Journal;
import dragonfab.ops.Site;

/** Whether one target is in service; its journal has it before it goes out, and after it came in. */
final class InService {
    private final Remote remote;
    private final Site site;
    private final String run;
    private boolean out;
    private boolean wentOut;

    /** @param out whether a run before left it out */
    InService(Remote remote, Site site, String run, boolean out) {
        this.remote = remote;
        this.site = site;
        this.run = run;
        this.out = out;
    }

    Remote target() {
        return remote;
    }

    boolean isOut() {
        return out;
    }

    /** Whether this run took it out. */
    boolean wentOut() {
        return out && wentOut;
    }

    void goesOut() {
        remote.record(site.append(Journal.service(run, false)));
        out = true;
        wentOut = true;
    }

    void cameIn() {
        remote.record(site.append(Journal.service(run, true)));
        out = false;
    }
}
