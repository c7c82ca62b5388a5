package dragonfab.recipe;

import dragonfab.report.Exit;
import dragonfab.report.Failure;
import dragonfab.shell.ConnectionLost;
import dragonfab.target.DryRunStop;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The failures of work on many targets as one exception: a single failure as it is; several are reported one by one,
 * and one line names them all, with the gravest exit.
 */
final class CombinedFailure {
    private static final List<Exit> GRAVEST = List.of(Exit.NEEDS_ATTENTION, Exit.FAILED, Exit.REFUSED, Exit.USAGE);
    private static final String FULL = "No space left on device";
    private static final int LONGEST = 60;

    private CombinedFailure() {
    }

    /** @param all how many targets there were @param listener hears of each failure where there are several */
    static RuntimeException of(String environment, int all, List<RuntimeException> thrown, Consumer<Failure> listener) {
        var failures = thrown.stream().filter(Failure.class::isInstance).map(Failure.class::cast).toList();
        var bug = thrown.stream().filter(each -> !(each instanceof Failure || each instanceof DryRunStop)).findFirst();
        if (failures.size() == 1 && bug.isEmpty()) {
            return failures.get(0);
        }
        failures.forEach(listener);
        return bug.orElseGet(() -> failures.isEmpty() ? thrown.get(0) : combined(environment, all, failures));
    }

    private static Failure combined(String environment, int all, List<Failure> failures) {
        var named = failures.stream().map(failure -> failure.place() + " (" + brief(failure) + ")")
                .collect(Collectors.joining(", "));
        var remedies = failures.stream().map(Failure::remedy).distinct().toList();
        var exit = GRAVEST.stream().filter(each -> failures.stream().anyMatch(failure -> failure.exit() == each))
                .findFirst().orElse(Exit.FAILED);
        return Failure.failed(environment, failures.size() + " of " + all + " hosts failed: " + named).as(exit)
                .remedy(remedies.size() == 1 ? failures.get(0).remedy() : null);
    }

    /** In few words. */
    private static String brief(Failure failure) {
        if (failure.getMessage().contains(FULL) || failure.tail().stream().anyMatch(line -> line.contains(FULL))) {
            return "disk full";
        }
        if (failure instanceof ConnectionLost) {
            return "no connection";
        }
        var words = failure.getMessage().lines().findFirst().orElse("");
        return words.length() <= LONGEST ? words : words.substring(0, LONGEST) + "...";
    }
}
