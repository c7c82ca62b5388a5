package dragonfab.shell;

import dragonfab.report.Failure;
import dragonfab.report.Remedy;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The encoding in which this process gets its arguments and names files and programs: that of the terminal's locale.
 *
 * <p>Without a locale it is ASCII. Java has replaced all other letters before the first line of ours runs.
 */
public final class PlatformEncoding {
    private static final Charset CHARSET = charset(System.getProperty("sun.jnu.encoding"));
    /** What Java has in place of a byte that is no letter, and what JBang makes of two of them. */
    private static final List<String> LOST = List.of("\uFFFD", "??");

    private PlatformEncoding() {
    }

    private static Charset charset(String name) {
        return name == null || !Charset.isSupported(name) ? StandardCharsets.UTF_8 : Charset.forName(name);
    }

    public static boolean hasAllLetters() {
        return CHARSET.equals(StandardCharsets.UTF_8);
    }

    /** Why no command can be told from these words, or from this folder's name; nothing where all letters are there. */
    public static Optional<Failure> lost(String... words) {
        return hasAllLetters() ? Optional.empty()
                : Stream.concat(Stream.of(System.getProperty("user.dir")), Arrays.stream(words))
                        .filter(word -> LOST.stream().anyMatch(word::contains)).findFirst()
                        .map(PlatformEncoding::failure);
    }

    /** Whether a program that gets this word gets the same letters. */
    public static boolean encodes(String word) {
        return hasAllLetters() || CHARSET.newEncoder().canEncode(word);
    }

    static void requireLetters(List<String> words) {
        words.stream().filter(word -> !encodes(word)).findFirst().ifPresent(word -> {
            throw failure(word.lines().filter(line -> !encodes(line)).findFirst().orElse(word));
        });
    }

    /** A file's name that has no bytes here. */
    public static Optional<Failure> of(InvalidPathException path) {
        return hasAllLetters() ? Optional.empty() : Optional.of(failure(path.getInput()));
    }

    private static Failure failure(String word) {
        var locale = Stream.of("LC_ALL", "LC_CTYPE", "LANG").filter(name -> !Objects.toString(System.getenv(name), "")
                .isEmpty()).findFirst().map(name -> name + "=" + System.getenv(name)).orElse("no LANG is set");
        return Failure.usage("local", "this terminal's locale (" + locale + ") has not all letters of " + word)
                .remedy(Remedy.program("export", "LC_ALL=C.UTF-8"));
    }
}
