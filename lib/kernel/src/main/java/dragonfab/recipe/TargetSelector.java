package dragonfab.recipe;

import dragonfab.config.Host;
import dragonfab.config.Target;
import dragonfab.report.Failure;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The targets that a person picks by names, patterns and roles; every word must find one, for it may be mistyped.
 *
 * @param words each a name, a pattern with {@code * ? [...]}, {@code @role} or {@code role:role}; behind ! those to
 *              leave
 */
record TargetSelector(List<String> words) {
    private static final String NOT = "!";
    private static final Pattern PART = Pattern.compile("\\*|\\?|\\[!?[A-Za-z0-9_.-]+]|.", Pattern.DOTALL);

    /** In the order of the file; all where nothing is picked. */
    List<Target> among(List<Target> all, String environment) {
        words.stream().map(TargetSelector::plain).filter(word -> all.stream().noneMatch(fits(word))).findFirst()
                .ifPresent(word -> {
                    throw Failure.usage("--host", word + " is no host of " + environment + ": " + shown(all));
                });
        var picked = words.stream().filter(word -> !word.startsWith(NOT)).map(TargetSelector::fits).toList();
        var left = words.stream().filter(word -> word.startsWith(NOT)).map(word -> fits(plain(word))).toList();
        var chosen = all.stream()
                .filter(target -> picked.isEmpty() || picked.stream().anyMatch(fit -> fit.test(target)))
                .filter(target -> left.stream().noneMatch(fit -> fit.test(target))).toList();
        if (chosen.isEmpty()) {
            throw Failure.usage("--host", String.join(",", words) + " leaves no host of " + environment + ": "
                    + shown(all));
        }
        return chosen;
    }

    private static String plain(String word) {
        return word.startsWith(NOT) ? word.substring(NOT.length()) : word;
    }

    private static Predicate<Target> fits(String word) {
        var role = word.startsWith("@") ? word.substring(1)
                : word.startsWith("role:") ? word.substring("role:".length()) : null;
        if (role != null) {
            return target -> target.roles().contains(role);
        }
        var pattern = Pattern.compile(PART.matcher(word).results().map(part -> expression(part.group()))
                .collect(Collectors.joining()), Pattern.DOTALL);
        return target -> named(target, word) || pattern.matcher(target.name()).matches()
                || target instanceof Host host && pattern.matcher(host.address()).matches();
    }

    /** An IPv6 address in brackets is no set of letters. */
    private static boolean named(Target target, String name) {
        return target.name().equals(name) || target instanceof Host host && host.address().equals(name);
    }

    private static String expression(String part) {
        return part.equals("*") ? ".*" : part.equals("?") ? "." : part.length() > 1 ? part.replaceFirst("^\\[!", "[^")
                : Pattern.quote(part);
    }

    private static String shown(List<Target> all) {
        return all.stream().map(target -> target.name()
                + (target.roles().isEmpty() ? "" : " (" + String.join(", ", target.roles()) + ")"))
                .collect(Collectors.joining(", "));
    }
}
