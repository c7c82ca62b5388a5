package dragonfab.health;

import dragonfab.config.Check;
import dragonfab.config.Environment;
import dragonfab.config.Key;
import java.util.List;
import java.util.stream.Stream;

/**
 * The health check of one target, asked from one place.
 *
 * @param check  with the place that it is asked from
 * @param shared whether any of several targets may answer, as behind a load balancer
 * @param meant  whether it is the place that the check itself names
 */
public record HealthQuestion(Check check, boolean shared, boolean meant) {

    /** On the target itself and from here, but for what only the target itself can be asked. */
    public static List<HealthQuestion> of(Environment environment, String target) {
        return environment.at(target).find(Key.HEALTH).stream().flatMap(check -> check.isLoopback()
                ? Stream.of(new HealthQuestion(check.from(Check.TARGET), false, true))
                : Stream.of(Check.TARGET, Check.LOCAL).map(place -> new HealthQuestion(check.from(place),
                        shared(environment, target, check, place), check.from().equals(place))))
                .toList();
    }

    /** An address that no other target has asks this target alone. */
    private static boolean shared(Environment environment, String target, Check check, String place) {
        var whole = !check.url().startsWith("/") ? Key.HEALTH : place.equals(Check.LOCAL) ? Key.URL : null;
        return whole != null && environment.at(target).has(whole) && environment.targets().stream()
                .filter(other -> !other.name().equals(target)).anyMatch(other -> environment.at(other.name())
                        .find(whole).equals(environment.at(target).find(whole)));
    }
}
