package dragonfab.recipe;

import dragonfab.config.Environment;
import dragonfab.config.SequenceStep;
import dragonfab.report.Exit;
import dragonfab.report.Failure;
import dragonfab.report.Invocation;
import dragonfab.report.Report;
import dragonfab.report.Sinks;
import dragonfab.report.Starter;
import dragonfab.report.TimeText;
import dragonfab.report.Verbosity;
import dragonfab.shell.PlatformEncoding;
import dragonfab.target.Connector;
import dragonfab.target.DryRunStop;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * A command that people type: options, one voice, and exit codes that never vary.
 *
 * <p>A subclass says in {@link #steps} what happens, and throws {@link Failure} where a person must read something.
 */
@Command(mixinStandardHelpOptions = true, versionProvider = VersionProvider.class, usageHelpAutoWidth = true,
        sortOptions = false, exitCodeOnInvalidInput = 2)
public abstract class Script implements Callable<Integer> {
    @Mixin
    CommonOptions options = new CommonOptions();

    /** A test puts a scripted one here. */
    Connector connector = new Connector();

    /** How a person starts scripts here. */
    Starter starter = StartedAs.THIS;

    private List<String> typed = List.of();

    /** The environment to work on; null where none was named. */
    protected abstract String environment();

    /** Whether it works on one environment, be it that the only one is meant; the few others can do without. */
    boolean needsEnvironment() {
        return false;
    }

    protected abstract void steps(Run run);

    /** What can be refused without any target, before the first step of a sequence that this is a part of. */
    public void check(Run run) {
    }

    /** Whether it leaves all as it is, so that no container is made or started for it. */
    protected boolean onlyReads() {
        return false;
    }

    /** Whether Ctrl-C is how it is meant to end. */
    protected boolean endless() {
        return false;
    }

    /** Does it as a part of another script's run, whose options hold. */
    public final void within(Run run, SequenceStep.Ours step) {
        try {
            steps(run);
        } catch (Failure failure) {
            var said = failure.remedy();
            var remedy = said == null ? null
                    : said.inStep(run::takes, more -> step.with(more.toArray(String[]::new)).shown());
            throw Objects.equals(remedy, said) ? failure : failure.remedy(remedy);
        }
    }

    final boolean takes(String option) {
        return commandLine(this).getCommandSpec().optionsMap().containsKey(option);
    }

    public final int start(String... args) {
        var lost = PlatformEncoding.lost(args);
        if (lost.isPresent()) {
            report(Verbosity.NORMAL, Arrays.asList(args).contains("--json")).failure(name(), lost.get());
            return lost.get().exit().code();
        }
        typed = List.of(args);
        return commandLine(this).setParameterExceptionHandler((wrong, words) -> {
            var report = report(Verbosity.NORMAL, Arrays.asList(words).contains("--json"));
            report.startedAs(new Invocation(starter, name(), typed, null, List.of(), List.of()));
            report.failure(name(), UsageFailure.of(name(), wrong));
            return Exit.USAGE.code();
        }).execute(args);
    }

    private static Report report(Verbosity verbosity, boolean json) {
        return new Report(Sinks.choose(utf8(System.out), utf8(System.err), verbosity, json, System.getenv()),
                TimeText.choose(verbosity, json));
    }

    /** What a target says has letters that the terminal's locale may lack; nothing is made of them here. */
    private static PrintStream utf8(PrintStream stream) {
        return PlatformEncoding.hasAllLetters() ? stream : new PrintStream(stream, true, StandardCharsets.UTF_8);
    }

    static CommandLine commandLine(Script script) {
        return new CommandLine(script)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExpandAtFiles(false)
                .setUnmatchedOptionsArePositionalParams(false);
    }

    /** A script for a step of a sequence, its words read as if they had been typed. */
    public static Script named(SequenceStep.Ours step, Environment environment) {
        var words = new ArrayList<>(List.of(environment.name()));
        words.addAll(step.arguments());
        var script = named(step.script().typed());
        try {
            commandLine(script).parseArgs(words.toArray(String[]::new));
            return script;
        } catch (CommandLine.ParameterException e) {
            throw Failure.usage("environments.yml", environment.name() + ".deploy: " + step.shown() + ": "
                    + e.getMessage());
        }
    }

    /**
     * A script that has read no words yet.
     *
     * <p>Scripts lie in the unnamed package, which no class of a package can name in its source.
     */
    static Script named(String name) {
        try {
            var constructor = Class.forName(className(name)).getDeclaredConstructor();
            constructor.setAccessible(true);
            return (Script) constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no script " + name, e);
        }
    }

    /** deb-deploy is DebDeploy. */
    private static String className(String name) {
        return Arrays.stream(name.split("-")).map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT)
                + word.substring(1)).collect(Collectors.joining());
    }

    /** The name as typed, which begins every failure. */
    public final String name() {
        return getClass().getAnnotation(Command.class).name();
    }

    @Override
    public final Integer call() {
        var verbosity = options.quiet ? Verbosity.QUIET : options.verbose ? Verbosity.VERBOSE : Verbosity.NORMAL;
        return perform(report(verbosity, options.json));
    }

    /** @param environment null where it is not known yet */
    Invocation invocation(String environment) {
        return new Invocation(starter, name(), typed, environment, options.ofFile(), options.ofKeys());
    }

    /** Apart from {@link #call}, so that a test can listen. */
    int perform(Report report) {
        report.startedAs(invocation(environment()));
        var interrupted = InterruptHandler.watch(this, report);
        try (var run = Run.open(this, options, report)) {
            interrupted.of(run);
            steps(run);
            report.summary();
            return Exit.DONE.code();
        } catch (Failure failure) {
            report.summary();
            report.failure(name(), interrupted.happened() ? failure.as(Exit.INTERRUPTED) : failure);
            return failure.exit().code();
        } catch (DryRunStop planned) {
            report.note("local", planned.getMessage());
            report.summary();
            return Exit.DONE.code();
        } catch (RuntimeException bug) {
            report.summary();
            var lost = bug instanceof InvalidPathException path ? PlatformEncoding.of(path) : Optional.<Failure>empty();
            var failure = lost.orElseGet(() -> Bug.of(bug));
            report.failure(name(), failure);
            return failure.exit().code();
        } finally {
            interrupted.over();
        }
    }
}
