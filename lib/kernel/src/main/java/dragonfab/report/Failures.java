package dragonfab.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A failure as a person reads it: where and what, the command, its last words, and what to try. */
public final class Failures {
    private static final int TAIL = 20;

    private Failures() {
    }

    public static String text(String script, Failure failure) {
        return text(Event.failure(script, failure));
    }

    /** Lines that each end; the first begins with the script's name. */
    static String text(Event event) {
        var lines = new ArrayList<String>();
        lines.add(joined(string(event, "script"), TerminalText.clean(event.place()), indented(event.text(), "  ")));
        if (event.more().containsKey("command")) {
            lines.add("  command: " + indented(string(event, "command"), "    "));
        }
        for (Object line : tail(event)) {
            lines.add("  " + indented(line.toString(), "  "));
        }
        if (event.more().containsKey("try")) {
            lines.add("try: " + indented(string(event, "try"), ""));
        }
        return String.join("\n", lines.stream().map(String::stripTrailing).toList()) + "\n";
    }

    /** The end says why a command failed; of a bug's trace the beginning does, so that is shown whole. */
    private static List<?> tail(Event event) {
        var tail = event.more().get("tail") instanceof List<?> list ? list : List.of();
        var whole = Integer.valueOf(Exit.BUG.code()).equals(event.more().get("exit"));
        return whole ? tail : tail.subList(Math.max(0, tail.size() - TAIL), tail.size());
    }

    /** `a: b: c` of what there is. */
    static String joined(String... parts) {
        return String.join(": ", Stream.of(parts).filter(part -> !part.isEmpty()).toList());
    }

    /** Later lines of a text stand below the first, further in. */
    static String indented(String text, String indent) {
        return TerminalText.clean(text).stripTrailing().replace("\n", "\n" + indent);
    }

    private static String string(Event event, String field) {
        return TerminalText.clean(event.more().getOrDefault(field, "").toString());
    }
}
