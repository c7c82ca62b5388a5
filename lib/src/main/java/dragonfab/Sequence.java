package dragonfab;

import dragonfab.config.Environment;
import dragonfab.config.Key;
import dragonfab.config.Step;
import dragonfab.config.WebServer;
import dragonfab.report.Exit;
import dragonfab.report.Failure;
import dragonfab.shell.Command;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * The steps of a deploy in their order: the environment's own, or those that its keys ask for.
 *
 * <p>All steps are checked before the first one runs.
 */
public final class Sequence {
    private final Environment environment;
    private final List<Step> steps;

    private Sequence(Environment environment, List<Step> steps) {
        this.environment = environment;
        this.steps = steps;
    }

    public static Sequence of(Environment environment) {
        return new Sequence(environment, environment.find(Key.DEPLOY).orElseGet(() -> derived(environment)));
    }

    private static List<Step> derived(Environment environment) {
        boolean closes = environment.get(Key.PROTECTED) && environment.get(Key.WEB_SERVER) != WebServer.NONE;
        boolean migrates = environment.has(Key.DB_MIGRATE) || environment.has(Key.MANAGE)
                || environment.has(Key.DB_NAME);
        boolean tests = environment.has(Key.HEALTH) || environment.has(Key.CHECKS) || environment.has(Key.TESTS);
        var steps = new ArrayList<Step>(List.of(ours("init"), ours("deb-build")));
        if (closes) {
            steps.add(ours("web-mode", "maintenance"));
        }
        steps.add(ours("deb-deploy"));
        if (migrates) {
            steps.add(ours("db-migrate"));
        }
        if (tests) {
            steps.add(ours("test"));
        }
        if (closes) {
            steps.add(ours("web-mode", "live"));
        }
        return steps;
    }

    private static Step ours(String script, String... arguments) {
        return new Step.Ours(script, List.of(arguments));
    }

    /** A row a step, with where it runs. */
    public void show(Run run) {
        int number = 0;
        for (var step : steps) {
            var row = new LinkedHashMap<String, String>();
            row.put("step", String.valueOf(++number));
            row.put("does", step.shown());
            row.put("where", where(step));
            run.report().row("plan", row);
        }
    }

    private String where(Step step) {
        if (step instanceof Step.Local || step instanceof Step.Own
                || step instanceof Step.Ours ours && ours.script().equals("deb-build")) {
            return "here";
        }
        return String.join(", ", environment.targets().stream().map(target -> target.name()).toList());
    }

    /** Runs all steps; the first failure ends it, and says what was done before. */
    public void perform(Run run) {
        var scripts = steps.stream()
                .map(step -> step instanceof Step.Ours ours ? Script.named(ours, environment) : null).toList();
        for (int i = 0; i < steps.size(); i++) {
            run.report().note(environment.name(), (i + 1) + "/" + steps.size() + " " + steps.get(i).shown());
            try {
                perform(run, steps.get(i), scripts.get(i));
            } catch (Failure failure) {
                throw told(failure, i);
            }
        }
    }

    private void perform(Run run, Step step, Script script) {
        if (script != null) {
            script.steps(run);
        } else if (step instanceof Step.OnTargets command) {
            run.each(remote -> remote.run(command.command(), Command.of("sh", "-c", command.command())));
        } else if (step instanceof Step.Local command) {
            run.here().run(command.command(), Command.of("sh", "-c", command.command()));
        } else if (step instanceof Step.Own own) {
            var file = environment.folder().resolve(own.script()).toString();
            var command = file.endsWith(".java") ? Command.of("jbang", file) : Command.of(file);
            run.here().run(own.shown(), command.with(environment.name()).with(own.arguments().toArray()));
        }
    }

    /** The place of the transaction to come: what follows a failure is, for now, a person's to decide. */
    private Failure told(Failure failure, int failed) {
        var before = steps.subList(0, failed);
        boolean halfWay = failure.exit() == Exit.FAILED && changesTheSite(steps.get(failed));
        if (!halfWay && before.stream().noneMatch(Sequence::changesTheSite)) {
            return failure;
        }
        boolean closed = before.stream().anyMatch(step -> step.shown().equals("web-mode maintenance"));
        var first = failure.remedy() == null ? "" : failure.remedy() + "; then ";
        var live = closed ? ", and jbang web-mode@dragonfab " + environment.name() + " live, for the site is in maintenance"
                : "";
        return failure.as(Exit.STUCK).remedy(first + "jbang deploy@dragonfab " + environment.name()
                + " again, or jbang rollback@dragonfab " + environment.name() + live);
    }

    private static boolean changesTheSite(Step step) {
        return !(step instanceof Step.Ours ours) || !List.of("init", "deb-build", "doctor", "env", "lxc", "releases",
                "status", "logs").contains(ours.script());
    }
}
