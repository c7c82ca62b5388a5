package dragonfab.plan;

import dragonfab.config.Check;
import dragonfab.config.Environment;
import dragonfab.config.Key;
import dragonfab.deploy.Batches;
import dragonfab.deploy.Deployment;
import dragonfab.deploy.FailureTolerance;
import dragonfab.deploy.ReleaseKinds;
import dragonfab.files.PrivateFolder;
import dragonfab.recipe.CurrentUser;
import dragonfab.health.HealthQuestion;
import dragonfab.recipe.Run;
import dragonfab.release.DeployOptions;
import dragonfab.release.PlanLine;
import dragonfab.release.PlannedRelease;
import dragonfab.release.ReleaseKind;
import dragonfab.release.SnapshotRollback;
import dragonfab.report.Failure;
import dragonfab.report.Remedy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A deploy shown beforehand, target by target, and kept so that exactly it can be done later.
 *
 * <p>Making one changes nothing on a target; carrying one out begins only while nothing has moved since.
 */
public final class DeployPlan {
    private static final String HERE = "local";
    private static final String KEYS = "environments.yml";
    private static final String STEPS = "sequence";
    private static final String PREVIEW = "preview";

    private final Run run;
    private final Environment environment;
    private final DeploySequence sequence;
    private final ReleaseKind kind;

    public DeployPlan(Run run, DeploySequence sequence) {
        this.run = run;
        this.kind = ReleaseKinds.of(run.environment());
        this.environment = run.environment();
        this.sequence = sequence;
    }

    /** Shows it, and keeps it unless a part of it cannot be known yet. */
    public void make() {
        FailureTolerance.requireJudge(run);
        sequence.show(run);
        kind.planned(run, sequence.scripts()).ifPresent(this::make);
    }

    /** Before a protected environment is deployed to: what it would do in short, and the question. */
    public void confirm() {
        if (!run.consent().asksFirst()) {
            return;
        }
        sequence.show(run);
        try {
            kind.planned(run, sequence.scripts()).ifPresent(this::summarise);
        } catch (Failure failure) {
            run.report().warn(failure.place(), "what the deploy would do is not known: " + failure.getMessage());
        }
        noteHow();
        run.consent().requireAgreement("deploy as shown above");
    }

    /** Files by their number alone. */
    private void summarise(PlannedRelease planned) {
        new DeployPreview(run, sequence, kind, planned, "").lines(true).forEach((place, lines) -> {
            lines.stream().filter(line -> !isFile(line))
                    .forEach(line -> show(row(place, line)));
            long files = lines.stream().filter(DeployPlan::isFile).count();
            if (files > 0) {
                show(row(place, "files", files + ", which --plan shows", false));
            }
        });
        planned.notYet().ifPresent(why -> run.report().note(HERE, why));
    }

    private static boolean isFile(PlanLine line) {
        return line.about().startsWith("file ");
    }

    private void make(PlannedRelease planned) {
        var salt = UUID.randomUUID().toString();
        var preview = new DeployPreview(run, sequence, kind, planned, salt);
        var places = preview.lines(true);
        places.forEach(this::show);
        noteHow();
        if (planned.notYet().isPresent()) {
            run.report().note(HERE, planned.notYet().get());
        } else if (preview.missing()) {
            run.report().note(HERE, "a target is not there yet, so this plan is not kept");
        } else {
            keep(plan(planned, salt, places));
        }
    }

    /** What no target can say of itself. */
    private void noteHow() {
        if (SnapshotRollback.wantedBy(environment)) {
            run.report().note(run.places().container().name(), "is stopped for a snapshot first, "
                    + "which a deploy that fails goes back to: what is written there from then on is lost if it does");
        }
        var batches = Batches.of(environment.get(Key.BATCH), environment.targets());
        if (batches.size() > 1) {
            run.report().note(environment.name(), "in " + batches.size() + " batches of "
                    + String.join(", ", batches.stream().map(batch -> String.valueOf(batch.size())).toList())
                    + " targets, fewer where some have nothing to do");
        }
        asked(batches.size() > 1).forEach((question, places) -> run.report().note(String.join(", ", places), question));
    }

    /** What the site is asked, with the targets that it is asked of. */
    private Map<String, List<String>> asked(boolean several) {
        var asked = new LinkedHashMap<String, List<String>>();
        for (var target : environment.targets()) {
            for (var each : HealthQuestion.of(environment, target.name())) {
                asked.computeIfAbsent("health " + each.check().url() + " is asked " + from(each.check())
                        + (each.shared() ? ", of whichever target answers: at the end"
                                : several ? ", between batches and at the end" : ", at the end"),
                        question -> new ArrayList<>()).add(target.name());
            }
            for (var check : environment.at(target.name()).find(Key.CHECKS).orElse(List.of())) {
                asked.computeIfAbsent("check " + check.url() + " is asked " + from(check) + ", at the end",
                        question -> new ArrayList<>()).add(target.name());
            }
        }
        return asked;
    }

    private static String from(Check check) {
        return check.asksTarget() ? "on the target itself" : "from this machine";
    }

    /** Runs the sequence with the release of that plan, under the lock, if all is as it was. */
    public void carryOut(Path file, DeployOptions options) {
        var saved = SavedPlan.read(file, planned());
        if (!saved.environment().equals(environment.name())) {
            throw Failure.usage(file.toString(), "is a plan for " + saved.environment());
        }
        var planned = kind.planned(run, saved.release());
        var preview = new DeployPreview(run, sequence, kind, planned, saved.salt());
        compare(saved, plan(planned, saved.salt(), preview.lines(true)));
        FailureTolerance.begin(run);
        // Once more when nobody else moves. The first check changed nothing; taking the lock may make or heal a target.
        Deployment.within(run, options, "deploy", deployment -> {
            compare(saved, plan(planned, saved.salt(), preview.lines(false)));
            planned.choose(run);
            sequence.without(kind.steps(environment).build()).perform(run, options);
        });
    }

    private void compare(SavedPlan saved, SavedPlan now) {
        var again = planned();
        var moved = saved.moved(now);
        if (!moved.isEmpty()) {
            throw Failure.refused(environment.name(), "this has moved since the plan was made")
                    .listing(moved).remedy(again);
        }
        if (!now.problems().isEmpty()) {
            throw Failure.refused(environment.name(), "the plan has problems").listing(now.problems()).remedy(again);
        }
    }

    private SavedPlan plan(PlannedRelease planned, String salt, Map<String, List<PlanLine>> targets) {
        var places = new TreeMap<>(targets);
        places.put(KEYS, keys());
        var steps = new ArrayList<PlanLine>();
        for (var step : sequence.shown()) {
            steps.add(PlanLine.fact("step " + (steps.size() + 1), step));
        }
        places.put(STEPS, steps);
        return new SavedPlan(environment.name(), Instant.now(), CurrentUser.am(), salt, planned.name(), places);
    }

    /** What somebody set; secrets are stars, and no change of theirs is seen. */
    private List<PlanLine> keys() {
        return environment.shown().stream().filter(row -> !row.get("source").equals("default"))
                .map(row -> PlanLine.fact(row.get("key"), row.get("value"))).toList();
    }

    private void show(String place, List<PlanLine> lines) {
        lines.stream().filter(line -> !isFile(line)).forEach(line -> show(row(place, line)));
        run.report().rows(PREVIEW, lines.stream().filter(DeployPlan::isFile).map(line -> row(place, line)).toList());
    }

    private void show(Map<String, String> row) {
        run.report().row(PREVIEW, row);
    }

    private static Map<String, String> row(String place, PlanLine line) {
        return row(place, line.about(), line.text(), line.bad());
    }

    private static Map<String, String> row(String place, String about, String text, boolean problem) {
        var row = new LinkedHashMap<String, String>();
        row.put("place", place);
        row.put("level", problem ? "problem" : "ok");
        row.put("about", about);
        row.put("text", text);
        return row;
    }

    /** Beside environments.yml, for nobody else to read, and out of git's sight. */
    private void keep(SavedPlan plan) {
        int problems = plan.problems().size();
        if (problems > 0) {
            run.report().warn(environment.name(), (problems == 1 ? "there is a problem" : "there are " + problems
                    + " problems") + ": a deploy by this plan would be refused");
        }
        if (run.dry()) {
            return;
        }
        var folder = new PrivateFolder(environment.folder().resolve(".dragonfab/plans"));
        var name = environment.name() + "-" + plan.shortFingerprint() + ".json";
        try {
            folder.makeReady();
            folder.write(name, plan.text());
        } catch (IOException e) {
            throw Failure.failed(HERE, "the plan cannot be kept: " + e);
        }
        var file = folder.path().resolve(name).toString();
        var row = new LinkedHashMap<String, String>();
        row.put("fingerprint", plan.shortFingerprint());
        row.put("file", file);
        run.report().row("saved", row);
        run.report().note(HERE,
                "to do exactly this: " + run.report().typed(planned(file)));
    }

    /** A plan for some hosts of an environment is carried out on these alone. */
    private Remedy planned(String... file) {
        var words = new ArrayList<>(List.of("--plan"));
        words.addAll(List.of(file));
        words.addAll(run.hostOption());
        return Remedy.here("deploy", words.toArray());
    }
}
