package dragonfab.lxc;

import dragonfab.config.Container;
import dragonfab.config.Environment;
import dragonfab.shell.Command;
import dragonfab.shell.ShellScript;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The containers that packages of one project are built in, known by a record beside each and never by their names.
 *
 * @param project   the application, or the project's folder
 * @param container the environment's container, or "-" for an environment of hosts
 */
public record BuildContainers(String project, String container) {
    private static final String NONE = "-";
    private static final String KNOWN = "lxc/build/known";
    private static final List<String> COLUMNS = List.of("container", "of", "state", "build");

    public static BuildContainers of(Environment environment) {
        var folder = String.valueOf(environment.folder().toAbsolutePath().normalize().getFileName());
        return new BuildContainers(environment.application().orElse(folder).replaceAll("[^A-Za-z0-9+._-]", "_"),
                environment.targets().stream().filter(Container.class::isInstance).map(target -> target.name())
                        .findFirst().orElse(NONE));
    }

    /** Prints those of the whole project, for {@link #rows}. */
    public Command list() {
        return ShellScript.after(KNOWN, "lxc/build/list", project).asRoot().asking();
    }

    /** @param answer to {@link #list} */
    public static List<Map<String, String>> rows(List<String> answer) {
        return answer.stream().map(line -> line.split(" ", -1)).filter(part -> part.length == COLUMNS.size())
                .map(BuildContainers::row).toList();
    }

    private static Map<String, String> row(String[] part) {
        var row = new LinkedHashMap<String, String>();
        for (int i = 0; i < part.length; i++) {
            row.put(COLUMNS.get(i), part[i].equals(NONE) ? "" : part[i]);
        }
        return row;
    }

    /** Those of this environment's container alone. */
    public List<Map<String, String>> ours(List<String> answer) {
        return rows(answer).stream().filter(row -> row.get(COLUMNS.get(1)).equals(container)).toList();
    }

    /** Removes ours, and prints "removed" or, where a build runs, "kept" before the name of each. */
    public Command remove() {
        return ShellScript.after(List.of(KNOWN, Lxc.REMOVE), "lxc/build/discard", project, container).asRoot();
    }

    /** The record of a kept one. */
    String record() {
        return project + " " + container + " " + NONE;
    }

    /** The record of a throw-away one. */
    String record(String base) {
        return project + " " + container + " " + base;
    }
}
