///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DEPS io.github.dragonfab:dragonfab-deploy:0.1.0
//RUNTIME_OPTIONS -XX:+UseSerialGC -Xms32m -XX:MaxNewSize=32m
//DESCRIPTION Builds the package from debian/.

import dragonfab.deb.BuildMachine;
import dragonfab.deb.PackageBuild;
import dragonfab.recipe.Run;
import dragonfab.recipe.Script;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "deb-build", description = "Builds the package from debian/.")
class DebBuild extends Script {
    @Parameters(index = "0", arity = "0..1", paramLabel = "ENV",
            description = "The environment to build for (default: the first in environments.yml).")
    String environment;

    @Option(names = "--dirty", description = "Build what lies in the folder, uncommitted changes included.")
    boolean dirty;

    @Option(names = "--revision", paramLabel = "REV",
            description = "Build that tag, branch or commit; what is checked out stays as it is.")
    String revision;

    @Option(names = "--again", description = "Build although the same commit is built already.")
    boolean again;

    public static void main(String... args) {
        System.exit(new DebBuild().start(args));
    }

    @Override
    protected String environment() {
        return environment;
    }

    @Override
    public void check(Run run) {
        PackageBuild.of(run, dirty, revision);
    }

    @Override
    protected void steps(Run run) {
        var packages = PackageBuild.of(run, dirty, revision);
        if (packages.built().isPresent() && !again) {
            run.here().unchanged("build " + packages.built().get(), "it is built already");
            run.pass(PackageBuild.CURRENT, packages.built().get());
            return;
        }
        packages.warnOfSameVersion();
        try (var room = BuildMachine.open(run, packages.build())) {
            run.pass(PackageBuild.CURRENT, packages.buildIn(room));
        }
    }
}
