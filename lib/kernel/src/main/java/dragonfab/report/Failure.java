package dragonfab.report;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * Something a person has to read: what happened, where, and what to do about it.
 *
 * <p>Any other exception that reaches the top is a bug of ours. The command and the tail are already masked.
 */
public class Failure extends RuntimeException {
    static final int LAST = 20;

    private final Exit exit;
    private final String place;
    private final String command;
    private final List<String> tail;
    private final boolean listed;
    private final Remedy remedy;

    protected Failure(Exit exit, String place, String what, String command, List<String> tail, Remedy remedy) {
        this(exit, place, what, command, tail, false, remedy);
    }

    private Failure(Exit exit, String place, String what, String command, List<String> tail, boolean listed,
            Remedy remedy) {
        super(what);
        this.listed = listed;
        this.exit = exit;
        this.place = place;
        this.command = command;
        this.tail = List.copyOf(tail);
        this.remedy = remedy;
    }

    /** A step failed; every target is as it was. */
    public static Failure failed(String place, String what) {
        return new Failure(Exit.FAILED, place, what, null, List.of(), null);
    }

    /** The command line or the configuration is wrong; nothing was touched. */
    public static Failure usage(String place, String what) {
        return new Failure(Exit.USAGE, place, what, null, List.of(), null);
    }

    /** A file of this machine that is needed cannot be read; nothing was touched. */
    public static Failure unreadable(Path file, IOException why) {
        // The words of these two are the file's name alone.
        return usage(file.toString(), why instanceof NoSuchFileException ? "no such file"
                : why instanceof AccessDeniedException ? "permission denied" : "cannot be read: " + why.getMessage());
    }

    /** A guard said no; nothing was touched. */
    public static Failure refused(String place, String what) {
        return new Failure(Exit.REFUSED, place, what, null, List.of(), null);
    }

    /** Half done, and a person is needed. */
    public static Failure stuck(String place, String what) {
        return new Failure(Exit.NEEDS_ATTENTION, place, what, null, List.of(), null);
    }

    public Failure of(String command, List<String> tail) {
        return new Failure(exit, place, getMessage(), command, tail, remedy);
    }

    /** Lines that are no output but findings of ours: of many the first are shown, and not the last. */
    public Failure listing(List<String> findings) {
        return new Failure(exit, place, getMessage(), command, findings, true, remedy);
    }

    /** The next thing to do or to look at, in words; only where it honestly helps. */
    public Failure remedy(String advice) {
        return remedy(Remedy.advice(advice));
    }

    /** The next thing to type; null for none. */
    public Failure remedy(Remedy remedy) {
        return new Failure(exit, place, getMessage(), command, tail, listed, remedy);
    }

    public Failure as(Exit exit) {
        return new Failure(exit, place, getMessage(), command, tail, listed, remedy);
    }

    public Exit exit() {
        return exit;
    }

    public String place() {
        return place;
    }

    /** Null when no command was involved. */
    public String command() {
        return command;
    }

    public List<String> tail() {
        return tail;
    }

    /** The end says why a command failed; of a bug's trace the beginning does, so that is shown whole. */
    public List<String> lastWords() {
        return exit == Exit.BUG || listed ? tail : tail.subList(Math.max(0, tail.size() - LAST), tail.size());
    }

    boolean isLongerThanShown() {
        return exit != Exit.BUG && (tail.size() > LAST || LongList.isIn(getMessage()));
    }

    /** Null when there is no honest one. */
    public Remedy remedy() {
        return remedy;
    }
}
