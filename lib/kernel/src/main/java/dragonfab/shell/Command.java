package dragonfab.shell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A command as data: what to type, as whom, and what to feed it; not where to type it.
 *
 * <p>Words are quoted here and nowhere else. {@link #line()} is for a POSIX shell to read; {@link #shown()} and
 * {@link #toString()} are for people and show no secret.
 *
 * @param user     who runs it; null is whoever the connection logs in as
 * @param question true when it reads and changes nothing, so that a dry run may ask for real
 */
public record Command(List<Word> words, Input input, String user, boolean question) {
    /** Where {@code sh -c TEXT NAME} has its name. */
    private static final int NAME = 3;
    private static final String SCRIPT = "script ";
    private static final List<String> SCRIPTS = List.of("sh -c", "bash -c", "perl -e");

    public Command {
        words = List.copyOf(words);
        if (words.isEmpty()) {
            throw new IllegalArgumentException("a command needs at least one word");
        }
    }

    public static Command of(Object... words) {
        return new Command(Arrays.stream(words).map(Word::of).toList(), Input.NOTHING, null, false);
    }

    /** A POSIX shell script. Values go in as {@code $1}, {@code $2}, never into its text. */
    public static Command script(String text, Object... arguments) {
        return script("sh", text, arguments);
    }

    /** A script with a name for people, which is also how its own errors begin. */
    public static Command script(String name, String text, Object[] arguments) {
        return script("sh", name, text, arguments);
    }

    /** A script for a certain shell. */
    public static Command script(String shell, String name, String text, Object[] arguments) {
        return of(shell, "-c", text, name).with(arguments);
    }

    /** A script in Perl, which Debian is never without. */
    public static Command perl(String name, String text, Object... arguments) {
        return of("perl", "-e", text, name).with(arguments);
    }

    public Command with(Object... more) {
        var all = new ArrayList<>(words);
        Arrays.stream(more).map(Word::of).forEach(all::add);
        return new Command(all, input, user, question);
    }

    public Command reading(Input input) {
        return new Command(words, input, user, question);
    }

    public Command as(String user) {
        return new Command(words, input, user, question);
    }

    public Command asRoot() {
        return as("root");
    }

    public Command asking() {
        return new Command(words, input, user, true);
    }

    /** This command behind other words, as {@code runuser -u www-data --}. */
    public Command behind(Object... prefix) {
        return new Command(of(prefix).with(words.toArray()).words, input, user, question);
    }

    /** For the exec of a process: no shell reads it, so nothing is quoted. */
    public List<String> arguments() {
        return words.stream()
                .map(word -> word instanceof Plain plain ? plain.value()
                        : word instanceof Nested nested ? nested.command().line() : word.typed())
                .toList();
    }

    public String line() {
        return spoken(Word::typed);
    }

    public String shown() {
        var who = user == null ? "" : "[" + user + "] ";
        return who + spoken(Word::shown);
    }

    /** Without what only carries it, and named scripts by their names: for messages that need not repeat their text. */
    public String brief() {
        return (user == null ? "" : "[" + user + "] ") + abridged("", Nested::brief);
    }

    /** As a person would type it; nobody types a script of ours, so that has its name for its text. */
    public String folded() {
        if (user == null) {
            return abridged(SCRIPT, Nested::folded);
        }
        return isNamedScript(carried()) ? "as " + user + ": " + abridged(SCRIPT, Nested::folded)
                : "sudo " + (user.equals("root") ? "" : "-u " + new Plain(user).typed() + " ")
                        + abridged(SCRIPT, Nested::folded);
    }

    /** @param label before the name of a script */
    private String abridged(String label, Function<Nested, String> inner) {
        var brief = new ArrayList<String>();
        for (int i = carried(); i < words.size(); i++) {
            var script = isNamedScript(i);
            i += script ? NAME : 0;
            brief.add((script ? label : "") + brief(words.get(i), inner));
        }
        return String.join(" ", brief);
    }

    /** A text of several lines is a script, or what a script is to write. */
    private static String brief(Word word, Function<Nested, String> inner) {
        return word instanceof Nested nested ? inner.apply(nested)
                : word instanceof Plain plain && plain.value().strip().contains("\n") ? "..." : word.shown();
    }

    /** The first word behind those that only bring it where it runs. */
    private int carried() {
        for (int i = words.size() - NAME - 2; i >= 0; i--) {
            if (SCRIPTS.contains(plain(i) + " " + plain(i + 1)) && (plain(i + NAME).startsWith(ExitStatusTrailer.MARK)
                    || plain(i + 2).equals(Elevation.AT_HOME))) {
                return i + NAME + 1;
            }
        }
        return 0;
    }

    private boolean isNamedScript(int at) {
        return at + NAME < words.size() && SCRIPTS.contains(plain(at) + " " + plain(at + 1))
                && !plain(at + NAME).equals("sh");
    }

    private String plain(int at) {
        return words.get(at) instanceof Plain plain ? plain.value() : "";
    }

    @Override
    public String toString() {
        return brief();
    }

    private String spoken(Function<Word, String> face) {
        return words.stream().map(face).collect(Collectors.joining(" "));
    }
}
