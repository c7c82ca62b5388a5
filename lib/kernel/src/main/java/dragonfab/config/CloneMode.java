package dragonfab.config;

/** How a container is made from its template: a thin overlay, or a copy that stands alone. */
public enum CloneMode {
    SNAPSHOT, COPY
}
