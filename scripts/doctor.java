///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DEPS io.github.dragonfab:dragonfab-deploy:0.1.0
//RUNTIME_OPTIONS -XX:+UseSerialGC -Xms32m -XX:MaxNewSize=32m
//DESCRIPTION Checks machine, file and targets, and names a remedy for each finding.

import dragonfab.doctor.Diagnosis;
import dragonfab.doctor.Finding;
import dragonfab.recipe.Run;
import dragonfab.recipe.Script;
import dragonfab.report.Failure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "doctor", description = {"Checks this machine, environments.yml and the targets of ENV.",
    "Names a remedy for each finding, changes nothing, and ends with 1 when there is a problem."})
class Doctor extends Script {
    @Parameters(index = "0", arity = "0..1", paramLabel = "ENV", description = "The environment.")
    String environment;

    public static void main(String... args) {
        System.exit(new Doctor().start(args));
    }

    @Override
    protected String environment() {
        return environment;
    }

    @Override
    protected void steps(Run run) {
        var findings = Diagnosis.of(run, environment != null);
        findings.forEach(finding -> run.report().row("findings", finding.row(run.report())));
        var problems = findings.stream().filter(Finding::bad).count();
        if (problems > 0) {
            throw Failure.failed(environment == null ? "local" : environment,
                    problems == 1 ? "one problem found" : problems + " problems found");
        }
    }
}
