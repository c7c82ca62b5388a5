package dragonfab.deb;

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

    /** What a target is, by which a build goes. */
    record Machine(String suite, String architecture) {
        /** Empty where it said something else. */
        static Optional<Machine> of(String said) {
            var words = said.strip().split(" ");
            return words.length == 2 ? Optional.of(new Machine(words[0], words[1])) : Optional.empty();
        }
    }

    /**
     * Whether a build for that environment would be with the same.
     *
     * @param control of the source
     * @param files   the checksum of what is packed outside git, or ""
     * @param target  empty where a key decides, or where it cannot be asked now
     */
    boolean isFor(Environment environment, String control, String files, Optional<Machine> target) {
        return keys.equals(keys(environment, control, files)) && isOfSuite(environment, target);
    }

    private boolean isOfSuite(Environment environment, Optional<Machine> target) {
        return switch (environment.get(Key.BUILD)) {
            case HOST -> suite.isEmpty();
            case TARGET -> target.isEmpty() || target.get().equals(new Machine(suite, architecture));
            case CONTAINER -> isOfContainer(environment, target);
            // Without LXC it is built here, whatever that is.
            case AUTO -> isOfContainer(environment, target)
                    || suite.isEmpty() && !environment.has(Key.BUILD_SUITE);
        };
    }

    private boolean isOfContainer(Environment environment, Optional<Machine> target) {
        return !suite.isEmpty() && environment.find(Key.BUILD_SUITE).or(() -> target.map(Machine::suite))
                .filter(wanted -> !wanted.equals(suite)).isEmpty();
    }

    /** Why it is not for that target; empty where it is, or where nobody can tell. @param there its Debian release */
    public Optional<String> misfit(Environment environment, String there) {
        var wanted = environment.find(Key.BUILD_SUITE).orElse(there);
        return suite.isEmpty() || wanted.isEmpty() || suite.equals(wanted) ? Optional.empty()
                : Optional.of("was built for " + suite + ", and " + (wanted.equals(there) ? "this machine is "
                        : "build_suite is ") + wanted);
    }

    /**
     * The keys of a build that an environment wants.
     *
     * @param control the source's
     * @param files   the checksum of what is packed outside git, or ""
     */
    static Map<String, String> keys(Environment environment, String control, String files) {
        var keys = new TreeMap<String, String>();
        if (!files.isEmpty()) {
            keys.put("files", files);
        }
        keys.put(Key.WHEEL.toString(), String.valueOf(environment.get(Key.WHEEL)));
        if (environment.get(Key.WHEEL)) {
            // An address can hold a password, and the manifest is for everybody to read.
            keys.put(Key.WHEELSERVER.toString(), Checksum.of(environment.find(Key.WHEELSERVER).orElse("")));
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
