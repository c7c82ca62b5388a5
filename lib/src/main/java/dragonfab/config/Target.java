package dragonfab.config;

/** Where an environment lives: a host that SSH reaches, or a container. */
public sealed interface Target permits Host, Container {
    /** What people read, and what tells the targets of an environment apart. */
    String name();
}
