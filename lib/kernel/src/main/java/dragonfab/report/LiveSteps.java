package dragonfab.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The steps under way, in the order of their start, as lines that fit on the screen. */
final class LiveSteps {
    private final Style style;
    private final Map<String, LiveStep> running = new LinkedHashMap<>();

    LiveSteps(Style style) {
        this.style = style;
    }

    void follow(Event event, long now) {
        var step = running.get(event.key());
        if (event.kind() == Event.Kind.START) {
            running.put(event.key(), new LiveStep(event, now));
        } else if (event.kind() == Event.Kind.DONE) {
            running.remove(event.key());
        } else if (step != null && event.kind() == Event.Kind.OUTPUT) {
            step.said(event.text());
        } else if (step != null && event.kind() == Event.Kind.PROGRESS) {
            step.progress(number(event, "done"), number(event, "total"), now);
        }
    }

    private static long number(Event event, String field) {
        return event.more().get(field) instanceof Number number ? number.longValue() : 0;
    }

    /**
     * One row of the screen stays free, and where the others are too few the last one counts the rest.
     *
     * @param all also steps that may end at once: where lines are, the next step takes over without a gap
     */
    List<String> lines(Size size, long now, boolean all) {
        var steps = running.values().stream().filter(step -> all || step.isWorthALine(now)).toList();
        var widest = steps.stream().mapToInt(LiveStep::placeWidth).max().orElse(0);
        var place = Math.min(widest, size.columns() / 3);
        var height = size.rows() - 1;
        var shown = steps.size() <= height ? steps : steps.subList(0, height - 1);
        var lines = new ArrayList<String>();
        shown.forEach(step -> lines.add(step.line(place, size.columns(), now, style)));
        if (shown.size() < steps.size()) {
            lines.add(style.ellipsis() + " " + (steps.size() - shown.size()) + " more");
        }
        return lines;
    }

    /** Puts down what nobody ended. */
    List<Line> rest(long now) {
        var lines = running.values().stream().map(step -> Line.out(step.unfinished(now, style))).toList();
        running.clear();
        return lines;
    }
}
