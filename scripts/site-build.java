///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DEPS io.github.dragonfab:dragonfab-deploy:0.1.0
//RUNTIME_OPTIONS -XX:+UseSerialGC -Xms32m -XX:MaxNewSize=32m
//DESCRIPTION Builds a site as packages: Python environment, sources, site.

import dragonfab.recipe.Run;
import dragonfab.recipe.Script;
import dragonfab.release.site.SitePackages;
import dragonfab.release.site.SiteBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "site-build", description = {
    "Builds a site as packages: its Python environment, its sources, and the site of this environment.",
    "What is built already is not built again. The environment is of the project's lock; where there is none, it is"
            + " written as requirements.lock."})
class SiteBuild extends Script {
    @Parameters(index = "0", arity = "0..1", paramLabel = "ENV",
            description = "The environment to build for (default: the first in environments.yml).")
    String environment;

    @Option(names = "--dirty", description = "Build what lies in the folder, uncommitted changes included.")
    boolean dirty;

    @Option(names = "--revision", paramLabel = "REV",
            description = "Build that tag, branch or commit; what is checked out stays as it is.")
    String revision;

    @Option(names = "--relock", description = "Make requirements.lock anew, of what the index has today.")
    boolean relock;

    public static void main(String... args) {
        System.exit(new SiteBuild().start(args));
    }

    @Override
    protected String environment() {
        return environment;
    }

    @Override
    public void check(Run run) {
        SitePackages.of(run, dirty, revision);
    }

    @Override
    protected void steps(Run run) {
        var site = SitePackages.of(run, dirty, revision);
        if (relock) {
            site.relock();
        }
        var built = site.built();
        built.ifPresent(deb -> run.here().unchanged("build " + deb, "it is built already"));
        site.pass(built.orElseGet(() -> SiteBuilder.build(site)));
    }
}
