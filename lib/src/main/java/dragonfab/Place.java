package dragonfab;

import dragonfab.config.Environment;
import dragonfab.ops.PackageFacts;
import dragonfab.ops.Site;

/** One target as a release finds it: where it is, what its environment wants, what is kept there, and what it answered. */
public final class Place {
    private final Run run;
    private final Remote remote;
    private final Environment environment;
    private final Site site;
    private final PackageFacts facts;

    Place(Run run, Remote remote, Site site, PackageFacts facts) {
        this.run = run;
        this.remote = remote;
        this.environment = run.at(remote);
        this.site = site;
        this.facts = facts;
    }

    public Run run() {
        return run;
    }

    public Remote remote() {
        return remote;
    }

    /** As that target sees it. */
    public Environment environment() {
        return environment;
    }

    public Site site() {
        return site;
    }

    /** From before the first change. */
    public PackageFacts facts() {
        return facts;
    }
}
