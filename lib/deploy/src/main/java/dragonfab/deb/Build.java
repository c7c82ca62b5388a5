package dragonfab.deb;

import dragonfab.config.Environment;
import dragonfab.config.Key;
import dragonfab.files.Checksum;
import dragonfab.report.Exit;
import dragonfab.report.Failure;
import dragonfab.shell.Command;
import dragonfab.shell.Input;
import dragonfab.shell.ShellScript;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One build, decided before it begins: which sources, under which version, for which suite.
 *
 * @param version the changelog's, and behind it how many commits later and which, so that each commit is a release
 *                of its own that sorts after the one before
 * @param commit  "" outside git
 * @param epoch   the time that the package carries, in seconds
 */
public record Build(DebSource source, DebVersion version, String commit, long epoch, String suite)
        implements
            BuildNeeds {

    @Override
    public String name() {
        return source.name();
    }

    /** @param history what {@link SourceCommands#history} answered, or nothing outside git */
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

    @Override
    public Command dependencies(Environment environment, NetworkSettings network) {
        return ShellScript.after("deb/build/network", "deb/build/dependencies", environment.get(Key.WHEEL))
                .reading(network.input().then(Input.of("\n", source.control()))).asRoot();
    }

    @Override
    public String mark(Environment environment, String suite) {
        return Checksum.of(source.control() + suite + environment.get(Key.WHEEL));
    }

    /** @param work a folder that is made for this build and belongs to nobody else */
    Command build(String work, Environment environment, NetworkSettings network) {
        var server = WheelServer.of(environment);
        var build = ShellScript.after("deb/build/network", "deb/build/package", work, source.name(), version,
                source.suite(), epoch,
                commit.isEmpty() ? "Built from files that are not under version control."
                        : "Built from commit " + commit + ".",
                environment.get(Key.WHEEL), server.index(),
                text(environment.get(Key.WHEELSERVER_TRUSTED_HOST)), environment.get(Key.COLLECTSTATIC),
                environment.folder().relativize(environment.get(Key.DJANGO_PROJECT)).resolve("."),
                environment.get(Key.DJANGO_PYTHON));
        return build.reading(server.input().then(network.input()).then(Input.of("\n")));
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }

    /** Asks a target for what a package would be built there: the code name of its Debian release, and its machine. */
    static Command machine() {
        return Command.script(". /etc/os-release; echo \"$VERSION_CODENAME $(dpkg --print-architecture)\"").asking();
    }

    /**
     * What {@code build-package} reports.
     *
     * @param suite        of the machine that built
     * @param architecture of the machine that built
     * @param elsewhere    of the names in alternatives, those that apt finds there
     */
    public record Report(List<Made> made, String suite, String architecture, Set<String> elsewhere) {
        private static final Pattern WORD = Pattern.compile("[a-z0-9.-]*");

        /**
         * Whatever a machine says that is not a whole line of ours is passed over; a line that is one, and names what
         * no build makes, is a failure.
         */
        public static Report of(String place, String report) {
            var lines = report.lines().map(line -> line.split("\t", -1)).toList();
            var made = new LinkedHashMap<String, Made>();
            lines.stream().filter(part -> part.length == 7).map(part -> Made.of(place, part)).forEach(one -> {
                if (made.put(one.file(), one) != null) {
                    throw Failure.failed(place, "the build reported " + one.file() + " twice");
                }
            });
            var machine = lines.stream().filter(part -> part.length == 3 && part[0].equals("machine")
                    && WORD.matcher(part[1]).matches() && WORD.matcher(part[2]).matches()).findFirst()
                    .orElse(new String[] {"", "", ""});
            return new Report(List.copyOf(made.values()), machine[1], machine[2],
                    lines.stream().filter(part -> part.length == 2 && part[0].equals("elsewhere"))
                            .map(part -> part[1]).collect(Collectors.toSet()));
        }
    }

    /** One package of a report. @param dependencies as deb-control(5) has them @param provides names */
    public record Made(String file, String name, String version, String architecture, String sha256,
            String dependencies, Set<String> provides) {
        private static final Pattern FILE = Pattern.compile("[a-z0-9][A-Za-z0-9+.~_%-]*\\.deb");
        private static final Pattern SUM = Pattern.compile("[0-9a-f]{64}");
        private static final Pattern PROVIDED = Pattern.compile("([a-z0-9][a-z0-9+.-]+)\\s*(?:\\(.*\\))?");

        public Made {
            provides = Set.copyOf(provides);
        }

        private static DebControl control(String place, String[] part) {
            try {
                return DebControl.of(place, part[1], part[2], part[3]);
            } catch (Failure odd) {
                throw odd.as(Exit.FAILED);
            }
        }

        String fileName() {
            return new DebControl(name, new DebVersion(version), architecture).fileName();
        }

        /** Its file comes into a folder of ours by the name that is said here. */
        private static Made of(String place, String[] part) {
            if (!FILE.matcher(part[0]).matches() || !SUM.matcher(part[4]).matches()) {
                throw Failure.failed(place, "the build reported a file that is no package: " + part[0]);
            }
            var control = control(place, part);
            return new Made(part[0], control.name(), control.version().text(), control.architecture(), part[4],
                    part[5], Arrays.stream(part[6].split(",")).map(String::strip).map(PROVIDED::matcher)
                            .filter(java.util.regex.Matcher::matches).map(name -> name.group(1))
                            .collect(Collectors.toSet()));
        }
    }
}
