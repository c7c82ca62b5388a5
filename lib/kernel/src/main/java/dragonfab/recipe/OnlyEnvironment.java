package dragonfab.recipe;

import dragonfab.report.Failure;
import dragonfab.report.Remedy;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The environment that is meant where none was named: the only one, unless it is protected.
 *
 * @param file      that has them, by its name
 * @param all       their names
 * @param isGuarded whether one is protected
 */
record OnlyEnvironment(String file, List<String> all, Predicate<String> isGuarded) {

    /** Its name; a failure that names all of them where there are several. */
    String name(String script) {
        if (all.size() > 1) {
            // What is tried without a thought should be none that visitors see.
            var tried = all.stream().filter(isGuarded.negate()).findFirst().orElse(null);
            throw usage("ENV is missing, and is one of " + shown(), script, tried);
        }
        var only = all.get(0);
        if (isGuarded.test(only)) {
            throw usage(only + " is protected, and is taken by its name alone", script, only);
        }
        return only;
    }

    private String shown() {
        return all.stream().map(name -> isGuarded.test(name) ? name + " (protected)" : name)
                .collect(Collectors.joining(", "));
    }

    private Failure usage(String what, String script, String tried) {
        var failure = Failure.usage(file, what);
        return tried == null ? failure : failure.remedy(Remedy.script(script, tried));
    }
}
