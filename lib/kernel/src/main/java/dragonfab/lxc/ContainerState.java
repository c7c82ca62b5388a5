package dragonfab.lxc;

import dragonfab.shell.Result;
import java.util.Arrays;

/** What lxc-info says of a container. */
public enum ContainerState {
    /** There is no such container. */
    MISSING,
    STOPPED, STARTING, RUNNING, STOPPING, ABORTING, FREEZING, FROZEN, THAWED,
    /** A word that no LXC has said yet. */
    UNKNOWN;

    /** @param answer to {@link Lxc#state} */
    public static ContainerState of(Result answer) {
        return answer.ok() ? of(answer.text()) : MISSING;
    }

    private static ContainerState of(String word) {
        return Arrays.stream(values()).filter(state -> state != MISSING && state.name().equals(word)).findFirst()
                .orElse(UNKNOWN);
    }
}
