package dragonfab.media;

import dragonfab.config.Container;
import dragonfab.config.Environment;
import dragonfab.database.clone.ClonePolicy;
import dragonfab.recipe.Run;
import dragonfab.report.Failure;
import dragonfab.report.LongList;
import dragonfab.report.Outcome;
import dragonfab.report.Remedy;
import dragonfab.report.Step;
import dragonfab.shell.Command;
import dragonfab.shell.ConnectionLost;
import dragonfab.shell.stream.DuplexPipe;
import dragonfab.shell.stream.ProgressOutputStream;
import dragonfab.target.Parallel;
import dragonfab.target.Remote;
import dragonfab.transfer.Rsync;
import dragonfab.transfer.RsyncOutput;
import java.io.OutputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * The media of one environment come to the targets of another; all of it is looked at before anything changes.
 *
 * <p>Each file on a target is the old one or the new one, whole, at any time.
 */
public final class MediaRefresh {
    private static final Remedy AGAIN = Remedy.again();

    private final Run run;
    private final Environment from;
    private final MediaFolders media;
    private final Integer most;
    private final Map<String, MediaFacts> facts = new ConcurrentHashMap<>();
    /** Null until it was looked at. */
    private Remote source;

    private MediaRefresh(Run run, Environment from, Integer most) {
        this.run = run;
        this.from = from;
        this.most = most;
        ClonePolicy.require(from, run.environment());
        this.media = MediaFolders.between(from, run.environment());
    }

    /** @param most so many files at most are deleted from a target; null to delete nothing */
    public static MediaRefresh of(Run run, Environment from, Integer most) {
        return new MediaRefresh(run, from, most);
    }

    public void perform() {
        Parallel.both(this::requireSource, this::requireStanding);
        if (facts.isEmpty()) {
            run.each(this::requireTarget);
        }
        if (run.dry() || most != null) {
            run.each(this::compare);
        }
        if (!run.dry()) {
            run.each(target -> media.pairs().forEach(pair -> copy(target, pair)));
        }
    }

    private void requireSource() {
        source = run.places().firstOf(from);
        var answer = source.ask(media.sourceFacts());
        if (answer.ended().code() == 3) {
            throw missing(source, from);
        }
        if (!answer.ok()) {
            throw Failure.failed(source.name(), "its media cannot be looked at: " + answer.ended())
                    .of(null, answer.err().lines().toList());
        }
        var states = answer.lines();
        if (states.size() != media.pairs().size()) {
            throw Failure.failed(source.name(), "its media cannot be looked at").of(null, states);
        }
        IntStream.range(0, states.size()).forEach(n -> {
            var folder = media.pairs().get(n).from();
            if (states.get(n).equals("gone")) {
                throw Failure.refused(source.name(), "there is no folder " + folder);
            }
            if (states.get(n).equals("empty") && most != null) {
                throw Failure.refused(source.name(), folder + " holds no file, so all would be deleted");
            }
        });
    }

    /** Nothing is started for a source that may have nothing to give. */
    private void requireStanding() {
        if (run.places().areStanding()) {
            run.each(this::requireTarget);
        }
    }

    private void requireTarget(Remote target) {
        if (isSource(target) && media.pairs().stream().anyMatch(MediaFolders.Pair::overlaps)) {
            throw Failure.refused(target.name(), "source and target are the same folder");
        }
        var answer = target.ask(media.targetFacts());
        switch (answer.ended().code()) {
            case 0 -> facts.put(target.name(), media.facts(target.name(), answer.lines()));
            case 3 -> throw missing(target, run.environment());
            default -> throw Failure.refused(target.name(), "the files cannot belong to " + media.owner() + ": "
                    + answer.err().strip()).remedy("media_owner in environments.yml, or a deploy that makes the user");
        }
    }

    /** Containers of two machines may have one name. */
    private boolean isSource(Remote target) {
        var first = from.targets().get(0);
        return target.name().equals(first.name()) && run.environment().targets().stream().anyMatch(
                each -> each instanceof Container ? each.equals(first) : each.name().equals(first.name()));
    }

    private static Failure missing(Remote remote, Environment environment) {
        return Failure.refused(remote.name(), "rsync is not installed")
                .remedy(Remedy.advice("name rsync under packages of " + environment)
                        .then(Remedy.script("init", environment)));
    }

    /** What would change is told in a dry run, and what would be deleted is counted before anything is. */
    private void compare(Remote target) {
        int deletions = 0;
        for (var pair : media.pairs()) {
            var output = new RsyncOutput(bytes -> {}, line -> {
                if (run.dry()) {
                    run.report().output(target.name(), line, false);
                }
            });
            requireSuccess(arrival(media.ask(pair, most != null, seconds()), target, pair, Rsync.Way.DRY_RUN, output,
                    out -> out), target, "compare " + pair.to());
            deletions += output.deletions();
            if (run.dry()) {
                nameSkipped(target, output);
                run.report().begin(target.name(), title(pair))
                        .done(output.unchanged() ? Outcome.UNCHANGED : Outcome.PLANNED, output.summary());
            }
        }
        if (most != null && deletions > most) {
            throw Failure.refused(target.name(), "files to be deleted: " + deletions + ", and --max-delete is " + most)
                    .remedy(Remedy.again("-n"));
        }
    }

    private void copy(Remote target, MediaFolders.Pair pair) {
        var step = run.report().begin(target.name(), title(pair));
        try {
            var arrival = facts.get(target.name()).vacant().contains(pair) ? arrival(target, pair, Rsync.Way.FILL, step)
                    : null;
            // Where a file did not come whole, the others come to their places as they do among files.
            if (arrival == null || arrival.isPartly()) {
                arrival = arrival(target, pair, Rsync.Way.REPLACE, step);
            }
            requireSuccess(arrival, target, step.title());
            var output = arrival.output();
            step.done(output.unchanged() ? Outcome.UNCHANGED : Outcome.CHANGED, output.summary());
            nameSkipped(target, output);
        } catch (ConnectionLost e) {
            step.done(Outcome.FAILED);
            throw e.remedyAtLeast(AGAIN);
        } catch (RuntimeException e) {
            step.done(Outcome.FAILED);
            throw e;
        }
    }

    /** Sockets, pipes and devices belong to a program that runs there. */
    private static void nameSkipped(Remote target, RsyncOutput output) {
        if (!output.skipped().isEmpty()) {
            target.note("stay behind, being neither files nor links: " + LongList.of(output.skipped()));
        }
    }

    /** How the two halves of an rsync ended, and what they said. */
    private record Arrival(DuplexPipe pipe, RsyncOutput output) {
        private boolean isPartly() {
            return pipe.callee().filter(theirs -> theirs.code() == Rsync.PARTLY).isPresent();
        }
    }

    private Arrival arrival(Remote target, MediaFolders.Pair pair, Rsync.Way way, Step step) {
        var give = way == Rsync.Way.FILL ? media.giveAll(pair, seconds()) : media.give(pair, most, seconds());
        step.command(give.brief());
        return arrival(give, target, pair, way, new RsyncOutput(bytes -> {}, line -> {}),
                out -> new ProgressOutputStream(out, step));
    }

    private Arrival arrival(Command give, Remote target, MediaFolders.Pair pair, Rsync.Way way, RsyncOutput output,
            UnaryOperator<OutputStream> wrapper) {
        var owner = facts.get(target.name()).owner();
        var pipe = DuplexPipe.of(source.streams().side(give, output.sender()), line -> target.streams().side(
                media.take(pair, owner, Rsync.options(source.name(), line, way), way), output.receiver()),
                wrapper, null);
        output.end();
        return new Arrival(pipe, output);
    }

    private void requireSuccess(Arrival arrival, Remote target, String what) {
        var pipe = arrival.pipe();
        boolean vanished = pipe.caller().code() == Rsync.VANISHED
                && pipe.callee().filter(theirs -> theirs.ok() || theirs.code() == Rsync.VANISHED).isPresent();
        if (vanished) {
            source.warn(Rsync.meaning(Rsync.VANISHED) + "; the others are there");
        } else if (!pipe.ok()) {
            throw failure(pipe, target, what, arrival.output());
        }
    }

    /** One side's end breaks the stream of the other, whose complaint is then not worth telling. */
    private Failure failure(DuplexPipe pipe, Remote target, String what, RsyncOutput output) {
        var ours = pipe.caller();
        var theirs = pipe.callee().orElse(ours);
        boolean targets = !theirs.ok() && (ours.ok() || Rsync.isBroken(ours.code()));
        var code = (targets ? theirs : ours).code();
        var failure = Failure.failed((targets ? target : source).name(), what + ": " + Rsync.meaning(code))
                .of(null, output.tail());
        return Rsync.isResumed(code) ? failure.remedy(AGAIN) : failure;
    }

    private String title(MediaFolders.Pair pair) {
        return "refresh " + pair.to() + " from " + from;
    }

    /** A stream of any length may take its time; rsync itself ends one on which nothing moves. */
    private long seconds() {
        return source.limit().toSeconds();
    }
}
