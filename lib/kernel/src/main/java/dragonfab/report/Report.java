package dragonfab.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The only voice of the program: what happens goes in from any thread, masked, and comes out in one order.
 *
 * <p>A value given to {@link #mask} never reaches a sink, whoever says it.
 */
public final class Report {
    private final Sink sink;
    private final TimeText times;
    private final SecretMasks masks = new SecretMasks();
    private final Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
    private final List<String> underWay = new ArrayList<>();
    private volatile LogFolder logs = (name, text) -> Optional.empty();
    private volatile boolean single;
    private volatile Invocation invocation = Invocation.UNKNOWN;

    public Report(Sink sink) {
        this(sink, TimeText.choose(Verbosity.NORMAL, false));
    }

    public Report(Sink sink, TimeText times) {
        this.sink = sink;
        this.times = times;
    }

    /** A moment as this report shows it. */
    public String time(Instant at) {
        return times.of(at);
    }

    /** Hides a value from now on. Very short ones stay, since hiding every "a" would hide the report. */
    public void mask(String secret) {
        masks.add(secret);
    }

    public Step begin(String place, String title) {
        synchronized (this) {
            underWay.add(step(place, title));
        }
        tell(Event.of(Event.Kind.START, place, title, ""));
        return new Step(this, place, title);
    }

    public void note(String place, String text) {
        tell(Event.of(Event.Kind.NOTE, place, "", text));
    }

    public void warn(String place, String text) {
        tell(Event.of(Event.Kind.WARNING, place, "", text));
    }

    /** A line of a command's own output, for commands that a person asked for. */
    public void output(String place, String line, boolean error) {
        tell(Event.asked(place, line, error, single));
    }

    /** A list of any length, each item a line: of many, people are shown the first, and programs all. */
    public void list(String place, List<String> lines) {
        var events = lines.stream().map(line -> masks.hide(Event.asked(place, line, false, single))).toList();
        synchronized (this) {
            sink.list(events);
        }
    }

    /** There is one target only: lines of asked-for output need not say where they come from. */
    public void single(boolean single) {
        this.single = single;
    }

    /** One row of a table; rows of the same table share their columns. */
    public void row(String table, Map<String, String> row) {
        tell(Event.row(table, row));
    }

    public void failure(String script, Failure failure) {
        var shown = masks.hide(Event.failure(script, failure, invocation));
        if (!failure.isLongerThanShown()) {
            tell(shown);
            return;
        }
        var whole = masks.hide(Event.failure(script, failure, invocation).with("tail", failure.tail()));
        var log = logs.keep(Failures.name(whole), Failures.whole(whole));
        tell(log.map(file -> shown.with("log", file)).orElse(shown));
    }

    /** Where that is kept which is cut on the screen; without it, nowhere. */
    public void keepLogs(LogFolder folder) {
        logs = folder;
    }

    /** What was typed, so that remedies are shown as this person would type them. */
    public void startedAs(Invocation typed) {
        invocation = typed;
    }

    /** A remedy as this person types it, without the try: before it. */
    public String typed(Remedy remedy) {
        return remedy.typed(invocation);
    }

    /** The same for a file that others read, on whose machines dragonfab lies elsewhere. */
    public String shared(Remedy remedy) {
        return remedy.typed(invocation.shared());
    }

    /** Asks a person something: rows that wait are put down, and a live display makes room meanwhile. */
    public <T> T aside(Supplier<T> question) {
        synchronized (this) {
            sink.hold();
        }
        try {
            return question.get();
        } finally {
            synchronized (this) {
                sink.release();
            }
        }
    }

    /** The last line: how many steps changed something. Silent when there were no steps. */
    public synchronized void summary() {
        if (!counts.isEmpty()) {
            var text = counts.entrySet().stream()
                    .map(e -> e.getValue() + " " + e.getKey().word())
                    .collect(Collectors.joining(", "));
            tell(Event.summary(text, counts));
            // Ctrl-C and the failure that it causes both come here, and the line stands once.
            counts.clear();
        }
        sink.finish();
    }

    /** Whether no step changed or failed at anything yet. */
    public synchronized boolean isUnchanged() {
        return counts.keySet().stream().allMatch(Outcome.UNCHANGED::equals);
    }

    synchronized void count(Outcome outcome) {
        counts.merge(outcome, 1, Integer::sum);
    }

    /** The steps that have begun and not ended, each with its place. */
    public synchronized List<String> underWay() {
        return List.copyOf(underWay);
    }

    synchronized void ended(String place, String title) {
        underWay.remove(step(place, title));
    }

    /** Rows that are one list, and are cut as one. */
    public void rows(String table, List<Map<String, String>> rows) {
        var events = rows.stream().map(row -> masks.hide(Event.row(table, row))).toList();
        synchronized (this) {
            sink.list(events);
        }
    }

    private static String step(String place, String title) {
        return title + " (" + place + ")";
    }

    synchronized void tell(Event event) {
        sink.accept(masks.hide(event));
    }
}
