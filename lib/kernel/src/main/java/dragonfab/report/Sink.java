package dragonfab.report;

import java.util.List;

/** Where events go: a terminal, plain text, JSON lines, a list in a test. Called by one thread at a time. */
public interface Sink {
    void accept(Event event);

    /** Lines that are one list: people may be shown the first alone, with the count of the others. */
    default void list(List<Event> lines) {
        lines.forEach(this::accept);
    }

    /** A person is asked something: a live display makes room, until {@link #release}. */
    default void hold() {
    }

    default void release() {
    }

    /** Nothing follows but last words; a live display puts its last state down. */
    default void finish() {
    }
}
