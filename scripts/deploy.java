///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DEPS io.github.dragonfab:dragonfab-scripts:0.1.0
//RUNTIME_OPTIONS -XX:+UseSerialGC -Xms32m -XX:MaxNewSize=32m
//DESCRIPTION Runs an environment's sequence, from the package to the checked site.

import dragonfab.plan.DeployPlan;
import dragonfab.plan.DeploySequence;
import dragonfab.recipe.EnvironmentScript;
import dragonfab.recipe.Run;
import dragonfab.release.NewReleaseOptions;
import dragonfab.report.Failure;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "deploy", description = "Runs an environment's sequence, from the package to the checked site.")
class Deploy extends EnvironmentScript {
    @Option(names = "--plan", arity = "0..1", fallbackValue = "", paramLabel = "FILE", description = {
        "Show the steps and what they would do to each target, change nothing, and keep it as a plan.",
        "With FILE, a plan that was kept: deploy exactly that, and only if nothing has moved since."})
    Path plan;

    @Option(names = "--revision", paramLabel = "REV",
            description = "Build and deploy that tag, branch or commit; what is checked out stays as it is.")
    String revision;

    @Option(names = "--resume",
            description = "Only finish a deploy that was left off, with its package and on the targets that lack it.")
    boolean resume;

    @Mixin
    NewReleaseOptions change = new NewReleaseOptions();

    public static void main(String... args) {
        System.exit(new Deploy().start(args));
    }

    @Override
    protected void steps(Run run) {
        var sequence = DeploySequence.of(run.environment());
        if (revision != null) {
            if (resume || plan != null && !plan.toString().isEmpty()) {
                throw Failure.usage("deploy",
                        "--revision is for a new build; a plan and what was left off have theirs");
            }
            sequence = sequence.withRevision(revision);
        }
        sequence.requireScripts();
        boolean planning = plan != null && plan.toString().isEmpty();
        if (!planning) {
            new DeployPlan(run, sequence).confirm();
        }
        if (resume) {
            sequence.resume(run, change);
        } else if (plan == null) {
            sequence.perform(run, change);
        } else if (planning) {
            new DeployPlan(run, sequence).make();
        } else {
            new DeployPlan(run, sequence).carryOut(plan, change);
        }
    }
}
