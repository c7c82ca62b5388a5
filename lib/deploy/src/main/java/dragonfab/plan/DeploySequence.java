package dragonfab.plan;

import dragonfab.config.Environment;
import dragonfab.config.Key;
import dragonfab.config.ScriptName;
import dragonfab.config.SequenceStep;
import dragonfab.config.Target;
import dragonfab.config.TargetScope;
import dragonfab.config.WebServer;
import dragonfab.deploy.Deployment;
import dragonfab.deploy.FailureTolerance;
import dragonfab.deploy.ReleaseKinds;
import dragonfab.deploy.ResumedDeploy;
import dragonfab.recipe.Run;
import dragonfab.recipe.Script;
import dragonfab.release.DeployOptions;
import dragonfab.report.Exit;
import dragonfab.report.Failure;
import dragonfab.report.Remedy;
import dragonfab.repository.AptRepository;
import dragonfab.shell.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Consumer;
import java.util.Optional;

/**
 * The steps of a deploy in their order: the environment's own, or those that its keys ask for.
 *
 * <p>All steps are checked before the first one runs.
 */
public final class DeploySequence {
    private final Environment environment;
    private final List<SequenceStep> steps;

    private DeploySequence(Environment environment, List<SequenceStep> steps) {
        this.environment = environment;
        this.steps = steps;
    }

    public static DeploySequence of(Environment environment) {
        return new DeploySequence(environment, environment.find(Key.DEPLOY).orElseGet(() -> derived(environment)));
    }

    private static List<SequenceStep> derived(Environment environment) {
        boolean tests = environment.anywhere(Key.HEALTH, Key.CHECKS, Key.TESTS);
        var kind = ReleaseKinds.of(environment).steps(environment);
        if (kind.activate().isEmpty()) {
            throw Failure.usage("environments.yml", environment.name() + ": no script of ours deploys releases of the"
                    + " kind " + environment.kind()).remedy("the script that came with that kind");
        }
        boolean closes = !kind.migrates() && environment.get(Key.PROTECTED)
                && (environment.get(Key.WEB_SERVER) != WebServer.NONE
                        || environment.find(Key.WEB_HOOK).isPresent());
        boolean migrates = !kind.migrates() && (environment.has(Key.DB_MIGRATE) || environment.anywhere(Key.MANAGE)
                || environment.has(Key.DB_NAME));
        boolean between = migrates && !kind.bring().isEmpty();
        var steps = new ArrayList<SequenceStep>(List.of(ours(ScriptName.INIT)));
        kind.build().forEach(script -> steps.add(ours(script)));
        kind.publish().forEach(script -> steps.add(ours(script)));
        if (closes) {
            steps.add(ours(ScriptName.WEB_MODE, "maintenance"));
        }
        if (between) {
            kind.bring().forEach(script -> steps.add(ours(script)));
            steps.add(ours(ScriptName.DB_MIGRATE));
        }
        kind.activate().forEach(script -> steps.add(ours(script)));
        if (migrates && !between) {
            steps.add(ours(ScriptName.DB_MIGRATE));
        }
        if (tests) {
            steps.add(ours(ScriptName.TEST));
        }
        if (closes) {
            steps.add(ours(ScriptName.WEB_MODE, "live"));
        }
        return steps;
    }

    private static SequenceStep ours(ScriptName script, String... arguments) {
        return new SequenceStep.Ours(script, List.of(arguments));
    }

    /** A row a step, with where it runs. */
    public void show(Run run) {
        int number = 0;
        for (var step : steps) {
            var row = new LinkedHashMap<String, String>();
            row.put("step", String.valueOf(++number));
            row.put("does", step.shown());
            row.put("where", where(run, step));
            run.report().row("plan", row);
        }
    }

    /** The first step of that script. */
    Optional<SequenceStep.Ours> step(ScriptName script) {
        return scripts().stream().filter(step -> step.is(script)).findFirst();
    }

    /** All steps that are scripts of ours. */
    List<SequenceStep.Ours> scripts() {
        return steps.stream().filter(SequenceStep.Ours.class::isInstance).map(SequenceStep.Ours.class::cast).toList();
    }

    DeploySequence without(List<ScriptName> scripts) {
        return new DeploySequence(environment, steps.stream().filter(step -> scripts.stream().noneMatch(step::is))
                .toList());
    }

    /** As they stand in the file. */
    List<String> shown() {
        return steps.stream().map(SequenceStep::shown).toList();
    }

    private static String where(Run run, SequenceStep step) {
        return switch (step.place()) {
            case HERE -> "local";
            case REPOSITORY -> AptRepository.place(run.environment()).map(Target::name).orElse("local");
            case DATABASE -> names(TargetScope.database(targets(run, step)).stream().toList());
            case TARGETS -> names(targets(run, step));
        };
    }

    private static String names(List<Target> targets) {
        return String.join(", ", targets.stream().map(Target::name).toList());
    }

    private static List<Target> targets(Run run, SequenceStep step) {
        return run.environment().targets().isEmpty() ? List.of() : step.scope().among(run.allTargets().wanted());
    }

    /**
     * Runs all steps; from the first that changes the site on they are one transaction, where there is an application.
     */
    public void perform(Run run, DeployOptions options) {
        if (environment.application().isPresent()) {
            FailureTolerance.begin(run);
        }
        var scripts = steps.stream()
                .map(step -> step instanceof SequenceStep.Ours ours ? Script.named(ours, environment) : null).toList();
        checkBeforehand(run, scripts);
        int first = 0;
        while (first < steps.size() && !steps.get(first).changesSite()) {
            perform(run, scripts, first++);
        }
        int from = first;
        if (environment.application().isPresent() && from < steps.size()) {
            Deployment.within(run, options, "deploy", deployment -> rest(run, scripts, from, deployment));
        } else {
            withoutRollback(run, scripts, from);
        }
    }

    /** Runs them for a release that was left off, on the targets that lack it. */
    public void resume(Run run, DeployOptions options) {
        FailureTolerance.begin(run);
        var resumed = ResumedDeploy.begin(run);
        if (resumed.isPresent()) {
            var made = ReleaseKinds.of(environment).steps(environment);
            // What targets have pulled before is published, and need not lie here any more.
            without(made.build()).without(made.publish()).withoutDone(run, resumed.get()).perform(run, options);
        }
    }

    /** What one target has done for all of them is done. */
    private DeploySequence withoutDone(Run run, ResumedDeploy resumed) {
        var left = new ArrayList<SequenceStep>();
        for (var step : steps) {
            if (step.scope().once() && resumed.hasDone(step)) {
                run.report().note(environment.name(), step.shown() + ": was done for " + resumed + " already");
            } else {
                left.add(step);
            }
        }
        return new DeploySequence(environment, left);
    }

    /** Refuses scripts of the project that are not there, but for those that a command of this machine may make first. */
    public void requireScripts() {
        for (var step : steps) {
            if (step instanceof SequenceStep.Local) {
                return;
            }
            if (step instanceof SequenceStep.Own own) {
                var file = environment.folder().resolve(own.script());
                if (!Files.isRegularFile(file)) {
                    throw Failure.usage(environment.name(), own.shown() + ": there is no such file");
                }
                if (!Files.isExecutable(file) && !isJava(file)) {
                    throw Failure.usage(environment.name(), own.shown() + ": may not be run")
                            .remedy(Remedy.program("chmod", "+x", file));
                }
            }
        }
    }

    private static boolean isJava(Path script) {
        return script.toString().endsWith(".java");
    }

    /** Up to a step that is not ours, which may make whatever the ones behind it need. */
    private void checkBeforehand(Run run, List<Script> scripts) {
        for (int i = 0; i < scripts.size() && scripts.get(i) != null; i++) {
            scripts.get(i).check(run);
        }
    }

    /** The same, which builds that revision. */
    public DeploySequence withRevision(String revision) {
        var build = ReleaseKinds.of(environment).steps(environment).build();
        if (scripts().stream().noneMatch(step -> build.stream().anyMatch(step::is))) {
            throw Failure.usage(environment.name(), "its sequence builds nothing, so there is no revision to choose")
                    .remedy(Remedy.script("releases", environment.name()));
        }
        return new DeploySequence(environment, steps.stream().map(step -> build.stream().anyMatch(step::is)
                ? ((SequenceStep.Ours) step).with("--revision", revision) : step).toList());
    }

    private void rest(Run run, List<Script> scripts, int from, Deployment deployment) {
        for (int i = from; i < steps.size(); i++) {
            if (!(steps.get(i) instanceof SequenceStep.Ours)) {
                deployment.foreign(steps.get(i));
            } else if (i == steps.size() - 1 && steps.get(i).is(ScriptName.WEB_MODE)) {
                deployment.database().nothingLeft();
            }
            deployment.site().closesLate(closesLate(i));
            perform(run, scripts, i, deployment::doneOnce);
        }
    }

    /** Whether from a step that closes the site to the one that opens it only such follow as say beforehand if they change. */
    private boolean closesLate(int i) {
        var kind = ReleaseKinds.of(environment).steps(environment);
        var telling = new ArrayList<>(List.of(ScriptName.DB_MIGRATE, ScriptName.TEST));
        telling.addAll(kind.bring());
        telling.addAll(kind.activate());
        for (int next = i + 1; next < steps.size(); next++) {
            var step = steps.get(next);
            if (!step.scope().equals(TargetScope.EVERYWHERE)) {
                return false;
            }
            if (step.is(ScriptName.WEB_MODE)) {
                return steps.get(i).is(ScriptName.WEB_MODE) && steps.get(i).scope().equals(TargetScope.EVERYWHERE);
            }
            if (telling.stream().noneMatch(step::is)) {
                return false;
            }
        }
        return false;
    }

    /** Where there is no application, nobody knows what would undo a step. */
    private void withoutRollback(Run run, List<Script> scripts, int from) {
        for (int i = from; i < steps.size(); i++) {
            try {
                perform(run, scripts, i);
            } catch (Failure failure) {
                if (failure.exit() != Exit.FAILED && i == from) {
                    throw failure;
                }
                throw failure.as(Exit.NEEDS_ATTENTION).remedy(failure.remedy() == null ? Remedy.again()
                        : failure.remedy().then(Remedy.again()));
            }
        }
    }

    private void perform(Run run, List<Script> scripts, int i) {
        perform(run, scripts, i, step -> {
        });
    }

    /** @param done is told of a step that one target has done for all */
    private void perform(Run run, List<Script> scripts, int i, Consumer<SequenceStep> done) {
        run.report().note(environment.name(), (i + 1) + "/" + steps.size() + " " + steps.get(i).shown());
        if (!steps.get(i).scope().equals(TargetScope.EVERYWHERE) && !run.allTargets().takesPart(steps.get(i).scope())) {
            run.report().note(environment.name(), "none of the hosts that take part has a part in it");
            return;
        }
        run.allTargets().within(steps.get(i).scope(), () -> {
            perform(run, steps.get(i), scripts.get(i));
            if (steps.get(i).scope().once()) {
                done.accept(steps.get(i));
            }
        });
    }

    private void perform(Run run, SequenceStep step, Script script) {
        if (step instanceof SequenceStep.Ours ours) {
            script.within(run, ours);
        } else if (step instanceof SequenceStep.OnTargets command) {
            run.each(remote -> remote.perform(command.command(), Command.of("sh", "-c", command.command())));
        } else if (step instanceof SequenceStep.Local command) {
            run.here().perform(command.command(), Command.of("sh", "-c", command.command()));
        } else if (step instanceof SequenceStep.Own own) {
            var file = environment.folder().resolve(own.script());
            var command = isJava(file) ? Command.of("jbang", file) : Command.of(file.toString());
            run.here().perform(own.shown(), command.with(environment.name()).with(own.arguments().toArray()));
        }
    }
}
