package dragonfab.recipe;

import dragonfab.report.Exit;
import dragonfab.report.Failure;
import dragonfab.report.Remedy;
import java.util.Arrays;

/** An exception that nobody foresaw, made into a failure that carries its trace. */
final class Bug extends Failure {

    private Bug(String what, java.util.List<String> trace) {
        super(Exit.BUG, "dragonfab", what, null, trace,
                Remedy.advice("please report this with the lines above"));
    }

    static Bug of(RuntimeException cause) {
        var trace = Arrays.stream(cause.getStackTrace()).map(frame -> "at " + frame).toList();
        return new Bug("this is a bug: " + cause, trace);
    }
}
