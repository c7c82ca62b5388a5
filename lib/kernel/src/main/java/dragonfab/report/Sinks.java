package dragonfab.report;

import java.io.PrintStream;
import java.util.Map;

/** Chooses the form of the output once, from where it goes and what was asked for. */
public final class Sinks {
    private Sinks() {
    }

    /** For this process as it was started. */
    public static Sink choose(PrintStream out, PrintStream err, Verbosity verbosity, boolean json,
            Map<String, String> env) {
        return choose(out, err, verbosity, json, env, terminal());
    }

    public static Sink choose(PrintStream out, PrintStream err, Verbosity verbosity, boolean json,
            Map<String, String> env, boolean terminal) {
        if (json) {
            return new JsonSink(out, err);
        }
        if (!terminal) {
            return new PlainSink(out, err, verbosity, Screens.ask());
        }
        var style = isLiving(env) ? Style.of(env) : Style.PLAIN;
        if (!isLiving(env)) {
            return new PlainSink(out, err, new Transcript(style, verbosity, false, false));
        }
        return verbosity != Verbosity.QUIET ? new TerminalSink(out, err, verbosity, style)
                : new PlainSink(out, err, new Transcript(style, verbosity,
                        () -> Size.ask().orElse(Size.USUAL).columns(), Screens.ask().err()));
    }

    /** A dumb terminal cannot go back a line, and the log of a CI keeps every frame; `CI=false` is no CI. */
    private static boolean isLiving(Map<String, String> env) {
        var term = env.getOrDefault("TERM", "");
        var ci = env.getOrDefault("CI", "");
        return !term.isEmpty() && !term.equals("dumb") && (ci.isEmpty() || ci.equals("false"));
    }

    /** Whether a person sits at the standard streams; since Java 22 a console alone does not say so. */
    public static boolean terminal() {
        var console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (Boolean) java.io.Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException old) {
            return true;
        }
    }
}
