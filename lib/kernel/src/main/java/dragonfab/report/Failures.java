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
        return text(event, false);
    }

    /** @param all without a cut in its lists */
    static String text(Event event, boolean all) {
        var lines = new ArrayList<String>();
        lines.add(joined(string(event, "script"), TerminalText.clean(event.place()),
                indented(all ? event.text() : LongList.cut(event.text()), "  ")));
        if (event.more().containsKey("command")) {
            lines.add("  command: " + indented(string(event, "command"), "    "));
        }
        for (String line : all ? tail(event) : LongList.cut(tail(event), most(event))) {
            lines.add("  " + indented(all ? line : LongList.cut(line), "  "));
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
        return event.at() + "\n" + text(event, true);
    }

    static String name(Event event) {
        return string(event, "script") + "-" + event.place();
    }

    private static List<String> tail(Event event) {
        return event.more().get("tail") instanceof List<?> list ? list.stream().map(Object::toString).toList()
                : List.of();
    }

    /** The trace of a bug is whole. */
    private static int most(Event event) {
        return Integer.valueOf(Exit.BUG.code()).equals(event.more().get("exit")) ? Integer.MAX_VALUE : Failure.LAST;
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
