package dragonfab.ops;

import dragonfab.report.Failure;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** What rsync says to people and to its other half, read with care: it comes from another machine. */
public final class Rsync {
    /** Some files vanished while they were read, as they do on a live site. */
    public static final int VANISHED = 24;
    /** Some files did not come over whole. */
    public static final int PARTLY = 23;

    private static final Pattern SERVER = Pattern.compile("rsync --server (?<options>[^ ].*) \\. \\.");
    /** An option that names no file but ours; none of them takes a program. */
    private static final Pattern HARMLESS = Pattern.compile("-[A-Za-z]+(\\.[A-Za-z]*)?"
            + "|\\.dragonfab-(partial|arriving)|--(partial-dir|temp-dir|inplace|delete|delete-delay|delete-excluded)"
            + "|--(log-format=%i|stats)|--(timeout|bwlimit|max-delete)=[0-9]+|--(info|debug)=[A-Za-z0-9,]+");
    private static final Pattern PROGRESS =
            Pattern.compile("\\s*([0-9]+)\\s+[0-9]+%\\s+\\S+\\s+[0-9:]+(\\s+\\(.*\\))?\\s*");
    private static final Pattern TRAVELLED =
            Pattern.compile("sent ([0-9]+) bytes  received ([0-9]+) bytes  .*");
    private static final Pattern MADE = Pattern.compile("Number of created files: ([0-9]+)( .*)?");
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
    public static List<String> options(String place, String line) {
        var server = SERVER.matcher(line);
        var options = server.matches() ? List.of(server.group("options").split(" ")) : List.of("?");
        if (options.contains("--sender") || !options.stream().allMatch(word -> HARMLESS.matcher(word).matches())) {
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
    public static OptionalLong travelled(String line) {
        var travelled = TRAVELLED.matcher(line);
        return travelled.matches()
                ? OptionalLong.of(Long.parseLong(travelled.group(1)) + Long.parseLong(travelled.group(2)))
                : OptionalLong.empty();
    }

    /** How many files and folders are new, when the line says that. */
    public static OptionalInt made(String line) {
        var made = MADE.matcher(line);
        return made.matches() ? OptionalInt.of(Integer.parseInt(made.group(1))) : OptionalInt.empty();
    }

    /** Whether the line is one of those figures at the end that nobody asked for. */
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
}
