package dragonfab.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What only one place may name: each outside library, programs, what is printed, and a few classes of ours. */
class ExclusiveNamesTest {
    /** A place is a class, or a package with all that is in it. */
    private record Exclusive(String what, Pattern names, List<String> places) {

        boolean allows(JavaClass type) {
            return places.stream().anyMatch(place -> isIn(type, place));
        }
    }

    private static final List<Exclusive> LIBRARIES = List.of(
            only("sshj", "(net\\.schmizz|com\\.hierynomus)\\..*", "shell.ssh.sshj"),
            only("BouncyCastle", "org\\.bouncycastle\\..*", "shell.ssh.sshj.BouncyCastle"),
            only("zt-exec", "org\\.zeroturnaround\\..*", "shell.LocalProcess", "shell.StreamPumps"),
            only("YAML", "org\\.yaml\\..*", "config.YamlReader", "config.YamlRestrictions", "config.YamlErrorText"),
            only("picocli", "picocli\\..*", "recipe", "release.DeployOptions", "release.NewReleaseOptions",
                    Packages.SCRIPTS),
            only("nanojson", "com\\.grack\\.nanojson\\..*", "report.JsonSink", "state", "web", "database",
                    "database.clone", "deb.DebPackage", "plan.SavedPlan"),
            only("xz", "org\\.tukaani\\.xz\\..*", "deb.DebFile"));

    /**
     * Three programs run below the shell: the one whose words are a value of the file, the one that knows the
     * terminal's width, and the ssh that reads the user's configuration.
     */
    private static final List<Exclusive> OTHERS = List.of(
            only("a program of this machine", "java\\.lang\\.ProcessBuilder|java\\.lang\\.Runtime\\.exec\\(.*",
                    "shell.LocalProcess", "shell.ssh.UserConfig", "config.ShellCommand", "report.Size"),
            only("the standard streams", "java\\.lang\\.System\\.(out|err)|.*\\.printStackTrace\\(.*", "recipe.Script"),
            only("the acting half of the shell",
                    "dragonfab\\.shell\\.(Shell|\\w+Shell|LocalProcess|StreamPumps|ExitStatusTrailer)", "shell",
                    "shell.stream", "shell.ssh.sshj", "shell.ssh.openssh", "target", "release.SnapshotRollback",
                    "deb.Zstd"),
            only("the file of all environments", "dragonfab\\.config\\.Environments", "config", "recipe.Run",
                    "doctor.Diagnosis"));

    /** The clock may be set while something waits. Only these ask for it, for a time to show or a name. */
    private static final List<String> CLOCK =
            List.of("doctor/target.sh", "doctor/clock.sh", "repository/facts.sh", "repository/publish.sh",
                    "release/deb/package/install.sh", "web/maintenance/nginx.pl");

    @Test
    void noScriptWaitsByTheClock() throws IOException {
        var broken = new ArrayList<String>();
        for (var library : List.of("kernel", "deploy")) {
            var folder = Path.of(System.getProperty("dragonfab.home"), "lib", library, "src/main/resources/dragonfab");
            try (var files = Files.walk(folder)) {
                for (var file : files.filter(Files::isRegularFile).toList()) {
                    var clock = file.toString().endsWith(".pl") ? "\\btime *[-+<>(]" : "date \\+%s";
                    if (Files.readString(file).matches("(?s).*" + clock + ".*")
                            && !CLOCK.contains(folder.relativize(file).toString())) {
                        broken.add(file.toString());
                    }
                }
            }
        }

        assertEquals(List.of(), broken, "/proc/uptime is what they can wait by");
    }

    @Test
    void whatIsDoneInOnePlaceIsNamedInOnePlace() {
        var broken = new ArrayList<String>();
        for (var type : ours()) {
            names(type).forEach(name -> Stream.concat(LIBRARIES.stream(), OTHERS.stream())
                    .filter(each -> each.names().matcher(name).matches() && !each.allows(type))
                    .forEach(each -> broken.add(type.getName() + " names " + name + ", but " + each.what()
                            + " is only for " + String.join(", ", each.places()))));
        }

        assertEquals("", Code.lines(broken.stream()));
    }

    @Test
    void noPlaceIsAllowedWhatItDoesNotName() {
        var idle = Stream.concat(LIBRARIES.stream(), OTHERS.stream()).flatMap(each -> each.places().stream()
                .filter(place -> ours().stream().filter(type -> isIn(type, place)).flatMap(ExclusiveNamesTest::names)
                        .noneMatch(name -> each.names().matcher(name).matches()))
                .map(place -> place + " does not name " + each.what() + " any more: take it from its places"));

        assertEquals("", Code.lines(idle));
    }

    /** One that came with another would be used by accident, and vanish with it. */
    @Test
    void everyLibraryIsSaidToBeOne() {
        var foreign = Code.dependencies(each -> Code.isOurs(each.getOriginClass()))
                .filter(each -> !Code.isOurs(Code.target(each)) && !Code.target(each).isPrimitive())
                .filter(each -> !Code.target(each).getName().matches("javax?\\..*"))
                .filter(each -> LIBRARIES.stream()
                        .noneMatch(only -> only.names().matcher(Code.target(each).getName()).matches()))
                .map(each -> "no place may name " + Code.target(each).getName() + ": " + each.getDescription());

        assertEquals("", Code.lines(foreign));
    }

    private static Exclusive only(String what, String names, String... places) {
        return new Exclusive(what, Pattern.compile(names), List.of(places));
    }

    private static List<JavaClass> ours() {
        return Code.CLASSES.stream().filter(Code::isOurs).sorted(Comparator.comparing(JavaClass::getName)).toList();
    }

    private static boolean isIn(JavaClass type, String place) {
        return Code.packageOf(type).equals(place) || Code.outermost(type).equals(place);
    }

    /** The classes that it names, and of the JDK also the fields and methods that it uses. */
    private static Stream<String> names(JavaClass type) {
        var names = new TreeSet<String>();
        type.getDirectDependenciesFromSelf().forEach(each -> names.add(Code.target(each).getName()));
        type.getAccessesFromSelf().stream().map(JavaAccess::getTarget).filter(
                member -> member.getOwner().getName().startsWith("java.") || member.getName().equals("printStackTrace"))
                .forEach(member -> names.add(member.getFullName()));
        return names.stream();
    }
}
