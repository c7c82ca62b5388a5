///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DEPS io.github.dragonfab:dragonfab-deploy:0.1.0
//RUNTIME_OPTIONS -XX:+UseSerialGC -Xms32m -XX:MaxNewSize=32m
//DESCRIPTION Checks the site over HTTP and runs the application's own tests.

import dragonfab.deploy.ReleaseKinds;
import dragonfab.health.SmokeTests;
import dragonfab.recipe.EnvironmentScript;
import dragonfab.recipe.Run;
import picocli.CommandLine.Command;

@Command(name = "test", description = "Checks the site over HTTP and runs the application's own tests.")
class Test extends EnvironmentScript {

    public static void main(String... args) {
        System.exit(new Test().start(args));
    }

    @Override
    protected void steps(Run run) {
        var tests = SmokeTests.of(run, ReleaseKinds.of(run.environment()));
        run.each(tests::health);
        run.each(tests::checks);
        tests.own(run.first());
        tests.requireSuccess();
    }
}
