package dragonfab.faults;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What became of one case.
 *
 * @param exit       of the client; 137 when it was killed
 * @param rest       where the site came to rest by itself: old, new, or closed
 * @param seconds    until it was at rest
 * @param violations of what must hold; empty when nothing did
 * @param visitors   how many got what
 * @param others     what else they got
 */
record Outcome(Case fault, int exit, String rest, long seconds, List<String> violations,
        Map<Visitors.Got, Integer> visitors, Map<String, Integer> others) {

    /** One that could not be judged to its end. */
    static Outcome broken(Case fault, Throwable why) {
        return new Outcome(fault, -1, "not judged", 0, List.of(why.toString()),
                Arrays.stream(Visitors.Got.values()).collect(Collectors.toMap(got -> got, got -> 0)), Map.of());
    }

    boolean well() {
        return violations.isEmpty();
    }
}
