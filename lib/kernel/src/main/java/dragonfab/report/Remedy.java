package dragonfab.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What to do about a failure: commands that can be typed as they stand, and advice in words; the best way comes first.
 *
 * <p>A script of ours is named without how it is started, which only {@link Invocation} knows.
 */
public record Remedy(List<Way> ways) {

    /** One line of it. */
    private record Way(Link link, Kind kind, List<String> words) {

        String typed(Invocation by) {
            return link.text + switch (kind) {
                case ADVICE, LINE -> words.get(0);
                case PROGRAM -> TypedLine.of(words);
                case SCRIPT -> TypedLine.of(by.other(words.get(0), words.subList(1, words.size())));
                case HERE -> TypedLine.of(by.here(words.get(0), words.subList(1, words.size())));
                case AGAIN -> TypedLine.of(by.again(words));
            };
        }

        boolean isAgain() {
            return kind == Kind.AGAIN;
        }
    }

    private enum Kind { ADVICE, LINE, PROGRAM, SCRIPT, HERE, AGAIN }

    private enum Link {
        FIRST(""), OR("or: "), THEN("then: ");

        private final String text;

        Link(String text) {
            this.text = text;
        }
    }

    public Remedy {
        ways = List.copyOf(ways);
    }

    /** Words for a person, where no command would do. */
    public static Remedy advice(String words) {
        return of(Kind.ADVICE, List.of(words));
    }

    /** A script of ours; where it needs an environment, that is the first word. */
    public static Remedy script(String name, Object... words) {
        var all = new ArrayList<>(List.of(name));
        all.addAll(strings(words));
        return of(Kind.SCRIPT, all);
    }

    /** A script of ours for the environment of this run, which is put before the words. */
    public static Remedy here(String name, Object... words) {
        var all = new ArrayList<>(List.of(name));
        all.addAll(strings(words));
        return of(Kind.HERE, all);
    }

    /** The command that failed once more, with options that it had not. */
    public static Remedy again(Object... options) {
        return of(Kind.AGAIN, strings(options));
    }

    /** A program that is not ours. */
    public static Remedy program(Object... words) {
        return of(Kind.PROGRAM, strings(words));
    }

    /** A line for a shell, whose maker has quoted its values. */
    public static Remedy line(String line) {
        return of(Kind.LINE, List.of(line));
    }

    private static Remedy of(Kind kind, List<String> words) {
        return new Remedy(List.of(new Way(Link.FIRST, kind, words)));
    }

    private static List<String> strings(Object... words) {
        return Arrays.stream(words).map(String::valueOf).toList();
    }

    /** This, or as well that. */
    public Remedy or(Remedy other) {
        return linked(Link.OR, other);
    }

    /** This, and that when it is done; what ends with the same command once more does not have it twice. */
    public Remedy then(Remedy next) {
        return ways.get(ways.size() - 1).isAgain() && next.equals(again()) ? this : linked(Link.THEN, next);
    }

    /**
     * The same for a step of a sequence: what the person typed may lack an option that the step has.
     *
     * @param taken whether what was typed takes that option
     * @param step  the step as it is written, with such words more
     */
    public Remedy inStep(Predicate<String> taken, Function<List<String>, String> step) {
        var all = new ArrayList<Way>();
        for (var way : ways) {
            if (!way.isAgain() || way.words.stream().filter(Remedy::isOption).allMatch(taken)) {
                all.add(way);
            } else {
                all.add(new Way(way.link, Kind.ADVICE, List.of("write that step as \"" + step.apply(way.words)
                        + "\" in environments.yml")));
                all.add(new Way(Link.THEN, Kind.AGAIN, List.of()));
            }
        }
        return new Remedy(all);
    }

    static boolean isOption(String word) {
        return word.startsWith("-");
    }

    private Remedy linked(Link link, Remedy other) {
        var all = new ArrayList<>(ways);
        for (var way : other.ways) {
            all.add(new Way(way.link == Link.FIRST ? link : way.link, way.kind, way.words));
        }
        return new Remedy(all);
    }

    /** A line for each way; the later ones begin with or: and then:. */
    public String typed(Invocation by) {
        return ways.stream().map(way -> way.typed(by)).collect(Collectors.joining("\n"));
    }

    /** Its lines that are commands, for a test to look at. */
    public List<String> commands(Invocation by) {
        return ways.stream().filter(way -> way.kind != Kind.ADVICE)
                .map(way -> way.typed(by).substring(way.link.text.length())).toList();
    }

    @Override
    public String toString() {
        return typed(Invocation.UNKNOWN);
    }
}
