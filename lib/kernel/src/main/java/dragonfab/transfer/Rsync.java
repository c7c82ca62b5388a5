package dragonfab.transfer;

import dragonfab.report.Failure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What rsync says to people and to its other half, read with care: it comes from another machine. */
public final class Rsync {
    /** Some files vanished while they were read, as they do on a live site. */
    public static final int VANISHED = 24;
    /** Some files did not come over whole. */
    public static final int PARTLY = 23;

    private static final Pattern SERVER = Pattern.compile("rsync --server (?<options>[^ ].*) \\. \\.");
    /** Letters, and then what its two halves can do. */
    private static final Pattern LETTERS = Pattern.compile("-(?<letters>[A-Za-z]+)e\\.[A-Za-z]*");
    private static final String EVER = "--(timeout|bwlimit)=[0-9]+|--(info|debug)=[A-Za-z0-9,]+|";
    private static final String DELETIONS = "--(delete|delete-delay|log-format=%i)|--max-delete=[0-9]+";

    private static final Pattern PROGRESS =
            Pattern.compile("\\s*([0-9]+)\\s+[0-9]+%\\s+\\S+\\s+[0-9:]+(\\s+\\(.*\\))?\\s*");
    private static final Pattern TRANSFERRED =
            Pattern.compile("sent ([0-9]+) bytes  received ([0-9]+) bytes  .*");
    private static final Pattern FILES = Pattern.compile("Number of files: ([0-9]{1,9})( .*)?");
    private static final Pattern SKIPPED_FILES = Pattern.compile("(?:dev|special): ([0-9]{1,9})");
    private static final Pattern SKIPPED = Pattern.compile("skipping non-regular file \"(.*)\"");
    private static final Pattern STATISTICS = Pattern.compile(
            "|(Number of|Total|Literal data|Matched data|File list) ?[^:]*: [0-9].*|total size is .*");
    private static final Pattern ITEM =
            Pattern.compile("(?<what>([<>ch.][fdLDS][A-Za-z.+? ]{9}|\\*deleting  ))(?<name> .*)?");

    private static final String BROKE = "the stream between the two broke";
    private static final Map<Integer, String> CODES = Map.ofEntries(
            Map.entry(2, "the two versions of rsync do not understand each other"),
            Map.entry(3, "a folder could not be opened or made"), Map.entry(10, BROKE),
            Map.entry(11, "a file could not be read or written; is the disk full?"), Map.entry(12, BROKE),
            Map.entry(14, "it could not start its other half"), Map.entry(20, "it was stopped by a signal"),
            Map.entry(22, "there was not enough memory"), Map.entry(PARTLY, "some files did not come over"),
            Map.entry(VANISHED, "some files vanished while they were read"),
            Map.entry(25, "more files were to be deleted than allowed; so many were, and no more"),
            Map.entry(30, "the other side was silent for too long"), Map.entry(127, "it is not installed"),
            Map.entry(75, "another data-refresh is at work there"), Map.entry(137, "it was killed"),
            Map.entry(143, "it was stopped by a signal"));

    private Rsync() {
    }

    /**
     * The options of the other half, from the line that rsync gives its remote shell.
     *
     * @throws Failure when the line asks for anything but to receive files in the place we choose
     */
    public static List<String> options(String place, String line, Way way) {
        var server = SERVER.matcher(line);
        var options = server.matches() ? List.of(server.group("options").split(" ")) : List.of("?");
        if (!LETTERS.matcher(options.get(0)).matches() || !options.stream().allMatch(way::allows)) {
            throw Failure.failed(place, "its rsync asks for something strange: " + line);
        }
        return options;
    }

    /** How many bytes came over, when the line says that. */
    public static OptionalLong progress(String line) {
        var progress = PROGRESS.matcher(line);
        return progress.matches() ? OptionalLong.of(Long.parseLong(progress.group(1))) : OptionalLong.empty();
    }

    /** How many bytes went there and back, when the line says that. */
    public static OptionalLong transferred(String line) {
        var transferred = TRANSFERRED.matcher(line);
        return transferred.matches()
                ? OptionalLong.of(Long.parseLong(transferred.group(1)) + Long.parseLong(transferred.group(2)))
                : OptionalLong.empty();
    }

    /** How many files and folders to copy the giving side has in that which was named, when the line says it. */
    public static OptionalInt files(String line) {
        var files = FILES.matcher(line);
        if (!files.matches()) {
            return OptionalInt.empty();
        }
        int skipped = SKIPPED_FILES.matcher(line).results().mapToInt(kind -> Integer.parseInt(kind.group(1))).sum();
        return OptionalInt.of(Integer.parseInt(files.group(1)) - 1 - skipped);
    }

    /** The name of what is no file, and did not come over, when the line says it. */
    public static Optional<String> skipped(String line) {
        var skipped = SKIPPED.matcher(line);
        return skipped.matches() ? Optional.of(skipped.group(1)) : Optional.empty();
    }

    /** Whether the line is one of the other figures at the end. */
    public static boolean isStatistic(String line) {
        return STATISTICS.matcher(line).matches();
    }

    /** Whether the line tells of one thing that is not the same on both sides. */
    public static boolean isChange(String line) {
        return ITEM.matcher(line).matches();
    }

    public static boolean isDeletion(String line) {
        return line.startsWith("*deleting ");
    }

    /** Whether it only saw that the other side is gone. */
    public static boolean isBroken(int code) {
        return code == 10 || code == 12;
    }

    /** Whether the next run can go on where this one stopped. */
    public static boolean isResumed(int code) {
        return isBroken(code) || code == 20 || code == 30 || code > 128;
    }

    public static String meaning(int code) {
        return "rsync ended with " + code + (CODES.containsKey(code) ? ": " + CODES.get(code) : "");
    }

    /**
     * What may be asked of the other half: so many letters and no other, and of the other options those that we gave.
     */
    public enum Way {
        /** File by file, among others. */
        REPLACE("gloprtHS", "--(partial-dir|temp-dir)|\\.dragonfab-(partial|arriving)|" + DELETIONS),
        /** Into a tree where nothing else is. */
        FILL("gloprtHS", "--(inplace|delete-excluded)"),
        /** Without writing. */
        DRY_RUN("glnoprtHS", DELETIONS),
        /** One file into another. */
        DIFFERENCE("I", "--stats");

        private final Set<Integer> letters;
        private final Pattern words;

        Way(String letters, String words) {
            this.letters = letters.chars().boxed().collect(Collectors.toSet());
            this.words = Pattern.compile(EVER + words);
        }

        private boolean allows(String word) {
            var brief = LETTERS.matcher(word);
            return brief.matches()
                    ? brief.group("letters").chars().boxed().collect(Collectors.toSet()).equals(letters)
                    : words.matcher(word).matches();
        }
    }
}
