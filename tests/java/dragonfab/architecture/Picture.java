package dragonfab.architecture;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The packages as an SVG: a frame for each jar, in it the rows, and arrows to what a package stands on. */
final class Picture {
    private static final int WIDTH = 800;
    private static final int BOX = 30;
    private static final int GAP = 22;
    private static final int ROW = 64;
    private static final int MARGIN = 20;
    private static final int TITLE = 34;
    private static final int PORT = 16;
    private static final double LETTER = 7.4;
    private static final String TIP = " marker-end=\"url(#tip)\"";

    private final Map<String, Set<String>> imports;
    private final List<String> arrows = new ArrayList<>();
    private final List<String> boxes = new ArrayList<>();
    private final Map<String, double[]> places = new HashMap<>();
    private int bottom = MARGIN;

    private Picture(Map<String, Set<String>> imports) {
        this.imports = imports;
    }

    /** @param imports the packages that each really imports */
    static String of(Map<String, Set<String>> imports) {
        var picture = new Picture(imports);
        picture.bar("scripts/: one recipe a command");
        picture.frame("dragonfab-deploy: the features", Packages.DEPLOY, "#eaf3ee", "#0b6e4f");
        picture.frame("dragonfab-lib: the kernel", Packages.KERNEL, "#eaf0f7", "#2b5d91");
        return picture.svg();
    }

    private void bar(String text) {
        boxes.add(box(MARGIN, bottom, WIDTH - 2.0 * MARGIN, "#f6f0e0", "#8a6d1f", text, ""));
        bottom += BOX + GAP + GAP;
    }

    private void frame(String title, String jar, String fill, String ink) {
        var graph = new LayeredGraph(Packages.of(jar).stream().map(Packages.Row::name).toList(), imports);
        int height = TITLE + (graph.rows().size() - 1) * ROW + BOX + MARGIN;
        if (!places.isEmpty()) {
            bottom += GAP + GAP;
        }
        // All of it stands on the frame below, or the bar above on this one.
        arrows.add(thick(WIDTH / 2.0, bottom - GAP - GAP, bottom));
        boxes.add(String.format(Locale.ROOT, """
                <rect x="%d" y="%d" width="%d" height="%d" rx="8" fill="%s" stroke="%s"/>\
                <text x="%d" y="%d" font-weight="bold" fill="%s">%s</text>""",
                MARGIN, bottom, WIDTH - 2 * MARGIN, height, fill, ink, MARGIN + 12, bottom + 22, ink, title));
        for (int level = graph.rows().size() - 1; level >= 0; level--) {
            row(graph.rows().get(level), bottom + TITLE + (graph.rows().size() - 1 - level) * ROW, ink);
        }
        graph.rows().forEach(row -> row.forEach(point -> graph.below(point).forEach(to -> arrow(graph, point, to))));
        bottom += height;
    }

    /** In the middle, side by side. */
    private void row(List<String> points, int top, String ink) {
        double x = (WIDTH - points.stream().mapToDouble(Picture::width).sum() - GAP * (points.size() - 1)) / 2;
        for (var point : points) {
            places.put(point, new double[] {x, top});
            if (!LayeredGraph.isPass(point)) {
                boxes.add(box(x, top, width(point), "white", ink, point,
                        Packages.named(point).map(Packages.Row::sentence).orElse("")));
            }
            x += width(point) + GAP;
        }
    }

    private static double width(String point) {
        return LayeredGraph.isPass(point) ? 4 : point.length() * LETTER + 24;
    }

    private void arrow(LayeredGraph graph, String from, String to) {
        var start = places.get(from);
        var end = places.get(to);
        double x1 = port(from, to, graph.below(from));
        double x2 = port(to, from, graph.rows().stream().flatMap(List::stream)
                .filter(each -> graph.below(each).contains(to)).toList());
        double y1 = start[1] + BOX;
        double middle = (y1 + end[1]) / 2;
        boolean passes = LayeredGraph.isPass(to);
        arrows.add(String.format(Locale.ROOT, """
                <path d="M%.0f %.0fC%.0f %.0f %.0f %.0f %.0f %.0f%s" fill="none" stroke="#555"%s/>""", x1, y1, x1,
                middle, x2, middle, x2, end[1], passes ? "v" + BOX : "", passes ? "" : TIP));
    }

    /** Where its arrow to or from the other begins or ends: side by side, in the order of the others. */
    private double port(String point, String other, List<String> all) {
        var ordered = all.stream().sorted(Comparator.comparingDouble(this::middle)).toList();
        double step = Math.min(PORT, width(point) / (all.size() + 1));
        return middle(point) + (ordered.indexOf(other) - (all.size() - 1) / 2.0) * step;
    }

    private double middle(String point) {
        return places.get(point)[0] + width(point) / 2;
    }

    private static String thick(double x, double y1, double y2) {
        return String.format(Locale.ROOT, """
                <path d="M%.0f %.0fL%.0f %.0f" stroke="#555" stroke-width="3"%s/>""", x, y1, x, y2, TIP);
    }

    private static String box(double x, double y, double width, String fill, String ink, String text, String sentence) {
        return String.format(Locale.ROOT, """
                <g><title>%s</title><rect x="%.0f" y="%.0f" width="%.0f" height="%d" rx="5" fill="%s" stroke="%s"/>\
                <text x="%.0f" y="%.0f" text-anchor="middle">%s</text></g>""",
                sentence.replaceAll("\\{@code ([^}]*)}", "$1"), x, y, width, BOX, fill, ink, x + width / 2, y + 20,
                text);
    }

    private String svg() {
        return String.format(Locale.ROOT, """
                <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif" font-size="13">\
                <rect width="100%%" height="100%%" fill="white"/>
                <defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" \
                markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0L8 4L0 8z" fill="#555"/></marker></defs>
                """, WIDTH, bottom + MARGIN) + boxes.stream().collect(Collectors.joining("\n", "", "\n"))
                + arrows.stream().collect(Collectors.joining("\n", "", "\n")) + "</svg>\n";
    }
}
