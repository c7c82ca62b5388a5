package dragonfab.config;

import java.util.List;

/** Where an environment lives: a host that SSH reaches, or a container. */
public sealed interface Target permits Host, Container {
    /** What people read, and what tells the targets of an environment apart. */
    String name();

    /** What it is there for, by the words of the file; empty for everything. */
    default List<String> roles() {
        return List.of();
    }
}
