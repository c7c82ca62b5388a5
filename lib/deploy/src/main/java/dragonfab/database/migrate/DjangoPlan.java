package dragonfab.database.migrate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Django's pending migrations, each with those that it needs; those that are needed come first.
 *
 * @param needs by name, as in app.0001_initial
 */
record DjangoPlan(Map<String, List<String>> needs) {
    static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*\\.\\w+");
    private static final Pattern LINE = Pattern.compile("\\[ ]\\s+(\\S+)(?:\\s+\\.\\.\\. \\((.*)\\))?");

    /** How far one application goes. */
    record Target(String application, String migration) {
    }

    /** @param lines what showmigrations says with dependencies */
    static DjangoPlan of(List<String> lines) {
        var needs = new LinkedHashMap<String, List<String>>();
        for (var line : lines) {
            var match = LINE.matcher(line.strip());
            if (match.matches()) {
                needs.put(match.group(1), match.group(2) == null ? List.of() : List.of(match.group(2).split(", ")));
            }
        }
        return new DjangoPlan(needs);
    }

    /** Those that are held back and all that need one of them. */
    Set<String> without(Set<String> held) {
        var without = new HashSet<String>();
        needs.forEach((name, needed) -> {
            if (held.contains(name) || needed.stream().anyMatch(without::contains)) {
                without.add(name);
            }
        });
        return without;
    }

    /**
     * The last migration of each application among those that are not left out; where it branches, of each branch.
     *
     * <p>Never one that has followers which are applied: Django would take these back.
     */
    List<Target> targets(Set<String> without) {
        var due = new ArrayList<>(needs.keySet());
        due.removeAll(without);
        return due.stream()
                .filter(name -> due.stream().noneMatch(other -> application(other).equals(application(name))
                        && needs.get(other).contains(name)))
                .map(name -> new Target(application(name), name.substring(name.indexOf('.') + 1))).toList();
    }

    private static String application(String name) {
        return name.substring(0, name.indexOf('.'));
    }
}
