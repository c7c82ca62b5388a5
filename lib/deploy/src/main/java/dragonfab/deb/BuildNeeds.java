package dragonfab.deb;

import dragonfab.config.Environment;
import dragonfab.shell.Command;

/** What a build has to find where it runs. */
public interface BuildNeeds {
    /** Of what is built. */
    String name();

    /** Installs it, into a place that is there for nothing else. */
    Command dependencies(Environment environment, NetworkSettings network);

    /** Names it: a build container is good as long as this stays the same. */
    String mark(Environment environment, String suite);
}
