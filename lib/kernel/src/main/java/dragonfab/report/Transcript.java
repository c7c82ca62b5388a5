package dragonfab.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;

/** What stays to be read of the events, as lines; it holds back only rows and planned commands. */
final class Transcript {
    private static final int NARROW = 24;

    private final Style style;
    private final Verbosity verbosity;
    private final boolean rawOut;
    private final boolean rawErr;
    private final IntSupplier columns;
    private final boolean wrapsErr;
    private final Map<String, List<String>> commands = new HashMap<>();
    private Table table;

    /**
     * Asked-for output goes on byte by byte where no terminal can be steered by it.
     *
     * @param rawOut whether that is so of the output
     * @param rawErr whether that is so of the errors
     */
    Transcript(Style style, Verbosity verbosity, boolean rawOut, boolean rawErr) {
        this(style, verbosity, rawOut, rawErr, () -> Integer.MAX_VALUE, false);
    }

    /** For a person's screen. @param columns how wide it is @param wrapsErr whether the errors come to it too */
    Transcript(Style style, Verbosity verbosity, IntSupplier columns, boolean wrapsErr) {
        this(style, verbosity, false, false, columns, wrapsErr);
    }

    private Transcript(Style style, Verbosity verbosity, boolean rawOut, boolean rawErr, IntSupplier columns,
            boolean wrapsErr) {
        this.style = style;
        this.verbosity = verbosity;
        this.rawOut = rawOut;
        this.rawErr = rawErr;
        this.columns = columns;
        this.wrapsErr = wrapsErr;
    }

    /** The lines that this event brings out. */
    List<Line> tell(Event event) {
        var lines = new ArrayList<Line>();
        if (event.kind() == Event.Kind.ROW) {
            if (table != null && !table.isCalled(event.step())) {
                lines.addAll(rest());
            }
            table = table == null ? new Table(event.step()) : table;
            table.add(event.more());
            return lines;
        }
        var own = own(event);
        if (!own.isEmpty()) {
            lines.addAll(rest());
        }
        lines.addAll(own);
        return lines;
    }

    /** The rows that wait. */
    List<Line> rest() {
        var lines = table == null ? List.<String>of() : table.lines(style, this::shown);
        table = null;
        return Line.out(lines);
    }

    /** Of the lines of one list those that are shown, and how many more there are. */
    List<Event> cut(List<Event> lines) {
        if (verbosity == Verbosity.VERBOSE || lines.size() <= LongList.MOST) {
            return lines;
        }
        var shown = new ArrayList<>(lines.subList(0, LongList.MOST));
        shown.add(lines.get(LongList.MOST).saying(LongList.more(lines.size() - LongList.MOST)));
        return shown;
    }

    private List<Line> own(Event event) {
        return switch (event.kind()) {
            case WARNING -> Line.err(error(Failures.joined("warning", place(event), text(event))));
            case FAILURE -> Line.err(failure(event));
            case OUTPUT -> output(event);
            case DONE, NOTE, SUMMARY, COMMAND -> verbosity == Verbosity.QUIET ? List.of() : usual(event);
            default -> List.of();
        };
    }

    private List<Line> output(Event event) {
        if (event.step().isEmpty()) {
            var prefix = event.more().containsKey("single") ? "" : place(event) + ": ";
            boolean error = "err".equals(event.more().get("stream"));
            var line = (error ? rawErr : rawOut) ? event.text() : TerminalText.clean(event.text());
            return List.of(new Line(prefix + line, error));
        }
        return verbosity != Verbosity.VERBOSE ? List.of()
                : List.of(Line.out(style.dim(Failures.joined(place(event), text(event)))));
    }

    private List<Line> usual(Event event) {
        return switch (event.kind()) {
            case DONE -> done(event);
            case COMMAND -> command(event);
            case NOTE -> List.of(labelled("note", Failures.joined(place(event), text(event))));
            default -> List.of(Line.out(text(event)));
        };
    }

    /** Only the end of a step says whether this was a dry run, so until then its commands are kept. */
    private List<Line> command(Event event) {
        if (verbosity == Verbosity.VERBOSE) {
            return List.of(Line.out(Failures.joined(place(event), "$ " + text(event))));
        }
        var brief = event.more().getOrDefault("brief", event.text()).toString();
        commands.computeIfAbsent(event.key(), key -> new ArrayList<>()).add(Failures.indented(brief, "  "));
        return List.of();
    }

    private List<Line> done(Event event) {
        var word = String.valueOf(event.more().get("outcome"));
        var millis = event.more().get("ms") instanceof Number number ? number.longValue() : 0;
        var took = millis >= 1000 ? " (" + HumanUnits.took(millis) + ")" : "";
        var lines = new ArrayList<Line>();
        lines.add(labelled(word, Failures.joined(place(event), TerminalText.clean(event.step()), text(event)) + took));
        var kept = commands.remove(event.key());
        if (kept != null && word.equals(Outcome.PLANNED.word())) {
            kept.forEach(command -> lines.add(Line.out("  " + command)));
        }
        return lines;
    }

    private Line labelled(String word, String text) {
        int label = style.labelWidth();
        int wide = wide(label + TerminalText.width(text));
        var indent = " ".repeat(wide - label < NARROW ? 2 : label);
        return Line.out(style.label(word) + TerminalText.wrap(text, wide, label, indent));
    }

    /** Of a failure only its sentence: commands and output are there to be copied. */
    private String failure(Event event) {
        var lines = Failures.text(event, verbosity == Verbosity.VERBOSE).stripTrailing().split("\n", 2);
        return error(lines[0]) + (lines.length == 1 ? "" : "\n" + lines[1]);
    }

    private String error(String text) {
        return wrapsErr ? TerminalText.wrap(text, wide(TerminalText.width(text)), 0, "  ") : text;
    }

    /** Only a long line is worth asking the terminal, which takes a process. */
    private int wide(int needed) {
        return needed <= NARROW ? Integer.MAX_VALUE : columns.getAsInt();
    }

    private String shown(String text) {
        return verbosity == Verbosity.VERBOSE ? text : LongList.cut(text);
    }

    private static String place(Event event) {
        return TerminalText.clean(event.place());
    }

    private String text(Event event) {
        return Failures.indented(shown(event.text()), "  ");
    }
}
