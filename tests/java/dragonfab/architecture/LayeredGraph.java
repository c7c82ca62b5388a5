package dragonfab.architecture;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Things that need each other, laid in rows: each above all that it needs, and in its row where few arrows cross.
 *
 * <p>An arrow over several rows passes each of them at a point of its own. What is reached by a detour gets no arrow.
 */
final class LayeredGraph {
    private static final int SWEEPS = 24;
    private static final String PASS = "|";

    private final Map<String, Set<String>> needs = new TreeMap<>();
    private final Map<String, Integer> levels = new HashMap<>();
    /** The next point below each: of an arrow over several rows the first. */
    private final Map<String, List<String>> below = new TreeMap<>();
    private List<List<String>> rows = new ArrayList<>();

    LayeredGraph(List<String> names, Map<String, Set<String>> imports) {
        names.forEach(name -> needs.put(name, new TreeSet<>(imports.getOrDefault(name, Set.of()))));
        needs.values().forEach(needed -> needed.retainAll(needs.keySet()));
        names.forEach(name -> level(name, List.of()));
        IntStream.rangeClosed(0, levels.values().stream().mapToInt(level -> level).max().orElse(0))
                .forEach(level -> rows.add(new ArrayList<>()));
        names.forEach(name -> rows.get(levels.get(name)).add(name));
        names.forEach(this::connect);
        order();
    }

    /** The lowest first. */
    List<List<String>> rows() {
        return rows;
    }

    /** The points that its arrows go to: a name of the next row, or one where they pass it. */
    List<String> below(String point) {
        return below.getOrDefault(point, List.of());
    }

    static boolean isPass(String point) {
        return point.contains(PASS);
    }

    private int level(String name, List<String> path) {
        if (path.contains(name)) {
            throw new IllegalArgumentException("a circle: " + String.join(", ", path));
        }
        var longer = new ArrayList<>(path);
        longer.add(name);
        var known = levels.get(name);
        int level = known != null ? known
                : needs.get(name).stream().mapToInt(needed -> level(needed, longer) + 1).max().orElse(0);
        levels.put(name, level);
        return level;
    }

    private void connect(String name) {
        for (var needed : needs.get(name)) {
            if (needs.get(name).stream().noneMatch(other -> reaches(other, needed))) {
                var point = name;
                for (int level = levels.get(name) - 1; level > levels.get(needed); level--) {
                    var pass = name + PASS + needed + PASS + level;
                    rows.get(level).add(pass);
                    arrow(point, pass);
                    point = pass;
                }
                arrow(point, needed);
            }
        }
    }

    private boolean reaches(String from, String to) {
        return needs.get(from).stream().anyMatch(next -> next.equals(to) || reaches(next, to));
    }

    private void arrow(String from, String to) {
        below.computeIfAbsent(from, none -> new ArrayList<>()).add(to);
    }

    /** Each row by the middle of what it is joined to, downwards and upwards in turns; the best of all is kept. */
    private void order() {
        var best = rows;
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            var next = new ArrayList<List<String>>();
            rows.forEach(row -> next.add(new ArrayList<>(row)));
            boolean up = sweep % 2 == 0;
            for (int i = 1; i < next.size(); i++) {
                int level = up ? i : next.size() - 1 - i;
                var other = next.get(up ? level - 1 : level + 1);
                next.get(level).sort(Comparator.comparingDouble(point -> middle(point, other, next.get(level))));
            }
            rows = next;
            best = crossings(rows) < crossings(best) ? rows : best;
        }
        rows = best;
    }

    /** What is joined to nothing stays where it is. */
    private double middle(String point, List<String> other, List<String> own) {
        return other.stream().filter(each -> below(point).contains(each) || below(each).contains(point))
                .mapToDouble(each -> (other.indexOf(each) + 0.5) / other.size()).average()
                .orElse((own.indexOf(point) + 0.5) / own.size());
    }

    private long crossings(List<List<String>> rows) {
        long count = 0;
        for (int level = 1; level < rows.size(); level++) {
            var lower = rows.get(level - 1);
            var ends = new ArrayList<Integer>();
            for (var point : rows.get(level)) {
                var here = below(point).stream().map(lower::indexOf).sorted().toList();
                count += here.stream().mapToLong(end -> ends.stream().filter(before -> before > end).count()).sum();
                ends.addAll(here);
            }
        }
        return count;
    }
}
