///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DEPS io.github.dragonfab:dragonfab-lib:0.1.0
//RUNTIME_OPTIONS -XX:+UseSerialGC -Xms32m -XX:MaxNewSize=32m
//DESCRIPTION Prints an environment, or the list of them.

import dragonfab.config.EnvironmentList;
import dragonfab.config.Schema;
import dragonfab.recipe.Run;
import dragonfab.recipe.Script;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "env", description = {"Prints an environment with every key it has; without ENV, the list of them.",
    "Secrets are stars, and nothing is fetched."})
class Env extends Script {
    @Parameters(index = "0", arity = "0..1", paramLabel = "ENV", description = "The environment.")
    String environment;

    @Option(names = "--schema", description = "Print the JSON schema of environments.yml, for an editor.")
    boolean schema;

    public static void main(String... args) {
        System.exit(new Env().start(args));
    }

    @Override
    protected String environment() {
        return environment;
    }

    @Override
    protected void steps(Run run) {
        if (schema) {
            run.report().single(true);
            Schema.json().lines().forEach(line -> run.report().output("local", line, false));
        } else if (environment != null) {
            run.environment().shown().forEach(row -> run.report().row(environment, row));
        } else {
            EnvironmentList.of(run.environments()).forEach(row -> run.report().row("environments", row));
        }
    }
}
