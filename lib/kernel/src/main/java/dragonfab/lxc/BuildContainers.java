package dragonfab.lxc;

import dragonfab.config.Container;
import dragonfab.config.Environment;

/**
 * The containers that packages of one project are built in, known by a record beside each and never by their names.
 *
 * @param project   the application, or the project's folder
 * @param container the environment's container, or "-" for an environment of hosts
 */
public record BuildContainers(String project, String container) {
    private static final String NONE = "-";

    public static BuildContainers of(Environment environment) {
        var folder = String.valueOf(environment.folder().toAbsolutePath().normalize().getFileName());
        return new BuildContainers(environment.application().orElse(folder).replaceAll("[^A-Za-z0-9+._-]", "_"),
                environment.targets().stream().filter(Container.class::isInstance).map(target -> target.name())
                        .findFirst().orElse(NONE));
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
