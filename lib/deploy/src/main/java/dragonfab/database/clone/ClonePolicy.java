package dragonfab.database.clone;

import dragonfab.config.Environment;
import dragonfab.config.Key;
import dragonfab.report.Failure;

/** Which way data may go: never into a protected environment, nor where either side forbids it. */
public final class ClonePolicy {

    private ClonePolicy() {
    }

    /** @throws Failure a refusal, when data of the one must not come to the other */
    public static void require(Environment from, Environment to) {
        var way = "data of " + from + " must not come here: ";
        if (from.name().equals(to.name())) {
            throw Failure.refused(to.name(), "is where the data would come from, too");
        }
        if (to.get(Key.PROTECTED)) {
            throw Failure.refused(to.name(), way + to + " is protected");
        }
        if (to.get(Key.NEVER_FROM).contains(from.name())) {
            throw Failure.refused(to.name(), way + "never_from of " + to + " names " + from);
        }
        if (from.get(Key.NEVER_TO).contains(to.name())) {
            throw Failure.refused(to.name(), way + "never_to of " + from + " names " + to);
        }
    }
}
