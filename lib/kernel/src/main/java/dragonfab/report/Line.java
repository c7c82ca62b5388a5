package dragonfab.report;

import java.util.List;

/** A line that stays, and the stream it belongs to. */
record Line(String text, boolean error) {
    static Line out(String text) {
        return new Line(text, false);
    }

    static List<Line> out(List<String> texts) {
        return texts.stream().map(Line::out).toList();
    }

    static List<Line> err(String text) {
        return List.of(new Line(text, true));
    }
}
