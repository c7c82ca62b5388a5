package dragonfab.deb;

import dragonfab.config.BuildPlace;
import dragonfab.config.Environment;
import dragonfab.config.Key;
import dragonfab.files.Checksum;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a package was built with, beside the commit: another of it makes another package.
 *
 * @param suite        the Debian release that was asked for; "" where this machine built, whatever it has
 * @param architecture of the machine that built
 * @param keys         the keys of the environment that go into a build; none where nobody wrote them down
 */
public record BuiltWith(String suite, String architecture, Map<String, String> keys) {
    /** Of a package that somebody else built, or an earlier dragonfab. */
    public static final BuiltWith UNKNOWN = new BuiltWith("", "", Map.of());

    public BuiltWith {
        keys = new TreeMap<>(keys);
    }

    /**
     * Whether a build for that environment would be with the same.
     *
     * @param control of the source
     * @param machine the target's Debian release and architecture; null where it cannot be asked now
     */
    boolean isFor(Environment environment, String control, String[] machine) {
        var place = environment.get(Key.BUILD);
        var wanted = place == BuildPlace.TARGET || place == BuildPlace.HOST ? null
                : environment.get(Key.BUILD_SUITE);
        boolean here = place == BuildPlace.HOST || place == BuildPlace.AUTO && wanted == null;
        return keys.equals(keys(environment, control)) && (suite.isEmpty() ? here
                : place != BuildPlace.HOST && (wanted != null ? suite.equals(wanted)
                        : machine == null || suite.equals(machine[0])
                                && (place != BuildPlace.TARGET || architecture.equals(machine[1]))));
    }

    /** Why it is not for that target; empty where it is, or where nobody can tell. @param there its Debian release */
    public Optional<String> misfit(Environment environment, String there) {
        var wanted = environment.find(Key.BUILD_SUITE).orElse(there);
        return suite.isEmpty() || wanted.isEmpty() || suite.equals(wanted) ? Optional.empty()
                : Optional.of("was built for " + suite + ", and " + (wanted.equals(there) ? "this machine is "
                        : "build_suite is ") + wanted);
    }

    /** The keys of a build that an environment wants. @param control the source's */
    static Map<String, String> keys(Environment environment, String control) {
        var keys = new TreeMap<String, String>();
        keys.put(Key.WHEEL.toString(), String.valueOf(environment.get(Key.WHEEL)));
        if (environment.get(Key.WHEEL)) {
            keys.put(Key.WHEELSERVER.toString(), environment.find(Key.WHEELSERVER).orElse(""));
        }
        keys.put(Key.COLLECTSTATIC.toString(), String.valueOf(environment.get(Key.COLLECTSTATIC)));
        if (environment.get(Key.COLLECTSTATIC)) {
            keys.put(Key.DJANGO_PROJECT.toString(), environment.folder().relativize(environment.get(Key.DJANGO_PROJECT))
                    .toString());
            keys.put(Key.DJANGO_PYTHON.toString(), environment.get(Key.DJANGO_PYTHON));
        }
        keys.put(Key.COMPANIONS.toString(), String.join(" ", environment.get(Key.COMPANIONS)));
        keys.put("dependencies", Checksum.of(control.lines()
                .filter(line -> line.startsWith("Build-") || line.startsWith(" ")).toList().toString()));
        return keys;
    }
}
