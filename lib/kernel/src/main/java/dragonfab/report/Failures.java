package dragonfab.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A failure as a person reads it: where and what, the command, its last words, and what to try. */
public final class Failures {
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
        if (event.more().containsKey("log")) {
            lines.add("log: " + string(event, "log"));
        }
        if (event.more().containsKey("try")) {
            lines.add("try: " + indented(string(event, "try"), ""));
        }
        return String.join("\n", lines.stream().map(String::stripTrailing).toList()) + "\n";
    }

    /** For a file: what failed and where, when, and all that was said. */
    static String whole(Event event) {
        return event.at() + "\n" + text(event);
    }

    static String name(Event event) {
        return string(event, "script") + "-" + event.place();
    }

    private static List<?> tail(Event event) {
        return event.more().get("tail") instanceof List<?> list ? list : List.of();
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
