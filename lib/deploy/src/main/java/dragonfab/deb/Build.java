package dragonfab.deb;

import dragonfab.config.Environment;
import dragonfab.config.Key;
import dragonfab.files.Checksum;
import dragonfab.shell.Command;
import dragonfab.shell.Input;
import dragonfab.shell.ShellScript;
import java.util.Arrays;
import java.util.List;

/**
 * One build, decided before it begins: which sources, under which version, for which suite.
 *
 * @param version the changelog's, and behind it how many commits later and which, so that each commit is a release
 *                of its own that sorts after the one before
 * @param commit  "" outside git
 * @param epoch   the time that the package carries, in seconds
 */
public record Build(DebSource source, DebVersion version, String commit, long epoch, String suite) {

    /** @param history what {@link DebSource#history} answered, or nothing outside git */
    public static Build of(DebSource source, List<String> history, boolean dirty, long now) {
        if (history.isEmpty()) {
            return new Build(source, source.version(), "", now, source.suite());
        }
        var commit = history.get(0);
        int later = Integer.parseInt(history.get(1));
        var version = source.version().text();
        if (later > 0 || dirty) {
            version += "+" + later + ".g" + commit.substring(0, 7);
        }
        if (dirty) {
            version += ".dirty" + now;
        }
        return new Build(source, new DebVersion(version), commit, Long.parseLong(history.get(2)), source.suite());
    }

    /** Uncommitted files, as git status names them. */
    public static List<String> uncommitted(List<String> history) {
        return history.size() <= 3 ? List.of() : history.subList(3, history.size());
    }

    /** Asks a machine which Debian release it has. */
    public static Command debianRelease() {
        return Command.script(". /etc/os-release; echo \"$VERSION_CODENAME\"").asking();
    }

    /** Installs what the build needs, into a place that is there for nothing else. */
    public Command dependencies(Environment environment) {
        return ShellScript.of("deb/build/dependencies", environment.get(Key.WHEEL))
                .reading(Input.of(source.control())).asRoot();
    }

    /** Names the dependencies: a build container is good as long as this stays the same. */
    public String dependenciesMark(Environment environment, String suite) {
        return Checksum.of(source.control() + suite + environment.get(Key.WHEEL));
    }

    /** @param work a folder that is made for this build and belongs to nobody else */
    public Command build(String work, Environment environment) {
        var server = WheelServer.of(environment);
        var build = ShellScript.of("deb/build/package", work, source.name(), version, source.suite(), epoch,
                commit.isEmpty() ? "Built from files that are not under version control."
                        : "Built from commit " + commit + ".",
                environment.get(Key.WHEEL), server.index(),
                text(environment.get(Key.WHEELSERVER_TRUSTED_HOST)), environment.get(Key.COLLECTSTATIC),
                environment.folder().relativize(environment.get(Key.DJANGO_PROJECT)).resolve("."),
                environment.get(Key.DJANGO_PYTHON));
        return server.login() == null ? build : build.with("login").reading(server.input());
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }

    /** One package as {@code build-package} reports it. */
    public record Made(String file, String name, String version, String architecture, String sha256,
            String dependencies) {

        public static List<Made> of(String report) {
            return report.lines().map(line -> line.split("\t", -1)).filter(part -> part.length == 6)
                    .map(part -> new Made(part[0], part[1], part[2], part[3], part[4], part[5])).toList();
        }

        /** Whether this one cannot be installed without the other. */
        public boolean needs(Made other) {
            return Arrays.stream(dependencies.split("[,|: ()=]+")).anyMatch(other.name::equals);
        }
    }
}
