package dragonfab.deb;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which packages of one build are installed together: those that one depends on, to any depth.
 *
 * @param made      all packages of the build
 * @param elsewhere names that apt finds without us, as far as they stand before others in alternatives
 * @param named     by the environment: they are installed in any case, and of alternatives before others
 */
record Dependencies(List<Build.Made> made, Set<String> elsewhere, Set<String> named) {
    /** As deb-control(5) has it: a name, and perhaps for which architecture, in which version, and where it counts. */
    private static final Pattern ALTERNATIVE = Pattern.compile("([a-z0-9][a-z0-9+.-]+)(?::[a-z0-9-]+)?\\s*"
            + "(?:\\(\\s*(<<|<=|=|>=|>>|<|>)\\s*([^)\\s]+)\\s*\\))?\\s*(?:\\[[^\\]]*\\])?\\s*(?:<[^>]*>\\s*)*");

    /** One way to satisfy a dependency. @param relation "" for any version */
    private record Alternative(String name, String relation, String version) {
        static Stream<Alternative> of(String text) {
            var part = ALTERNATIVE.matcher(text.strip());
            return part.matches() ? Stream.of(new Alternative(part.group(1),
                    part.group(2) == null ? "" : part.group(2), part.group(3))) : Stream.of();
        }

        boolean isSatisfiedBy(Build.Made made) {
            // What is only provided has no version of its own that we know.
            return made.name().equals(name) ? fits(new DebVersion(made.version()))
                    : relation.isEmpty() && made.provides().contains(name);
        }

        private boolean fits(DebVersion there) {
            if (relation.isEmpty()) {
                return true;
            }
            int order = there.compareTo(new DebVersion(version));
            return switch (relation) {
                case "<<" -> order < 0;
                case "<=", "<" -> order <= 0;
                case "=" -> order == 0;
                case ">>" -> order > 0;
                default -> order >= 0;
            };
        }
    }

    /** In the order in which they are met; the package itself is not among them. */
    List<Build.Made> companions(Build.Made main) {
        var found = new LinkedHashSet<Build.Made>();
        var waiting = new ArrayDeque<>(List.of(main));
        made.stream().filter(each -> named.contains(each.name()) && !each.equals(main)).forEach(each -> {
            found.add(each);
            waiting.add(each);
        });
        while (!waiting.isEmpty()) {
            for (var group : waiting.remove().dependencies().split(",")) {
                needed(group).filter(each -> !each.equals(main) && found.add(each)).ifPresent(waiting::add);
            }
        }
        return List.copyOf(found);
    }

    /** Of alternatives the one that apt takes: the first that there is. */
    private Optional<Build.Made> needed(String group) {
        var ways = Arrays.stream(group.split("\\|")).flatMap(Alternative::of).toList();
        var wanted = ways.stream().flatMap(this::makers).filter(each -> named.contains(each.name())).findFirst();
        if (wanted.isPresent()) {
            return wanted;
        }
        for (var way : ways) {
            var maker = makers(way).findFirst();
            if (maker.isPresent() || elsewhere.contains(way.name())) {
                return maker;
            }
        }
        return Optional.empty();
    }

    /** One that has the name comes before one that only provides it. */
    private Stream<Build.Made> makers(Alternative way) {
        return Stream.concat(made.stream().filter(each -> each.name().equals(way.name())),
                made.stream().filter(each -> !each.name().equals(way.name()))).filter(way::isSatisfiedBy);
    }
}
