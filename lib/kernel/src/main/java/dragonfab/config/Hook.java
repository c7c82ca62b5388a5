package dragonfab.config;

/**
 * A command around the change of one target, such as one that takes it out of a load balancer.
 *
 * @param at  where it runs; null is this machine
 * @param run a line of shell
 */
public record Hook(Host at, String run) {

    /** For people. */
    public String where() {
        return at == null ? "local" : at.name();
    }
}
