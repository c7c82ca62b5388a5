package dragonfab.ways;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The installed form, in a folder whose name holds a blank and a quote. */
@Tag("ways")
class InstalledTest {
    private static final List<String> TAKEN = List.of("test", "env", "init", "new", "shell", "logs", "run",
            "status", "lxc", "manage", "doctor");

    @TempDir
    static Path shared;
    static Path clone;

    @TempDir
    Path temp;
    Path prefix;
    Path bin;
    Laptop laptop;

    @BeforeAll
    static void buildsAClone() throws Exception {
        clone = Laptop.cloneInto(Files.createDirectory(shared.resolve("clone")));
        new Laptop(shared.resolve("home")).run(clone, "./jbangw", "--build").well();
    }

    @BeforeEach
    void aPlace() throws IOException {
        laptop = new Laptop(temp.resolve("home"));
        prefix = temp.resolve("Ann's programs");
        bin = prefix.resolve("bin");
        Files.writeString(temp.resolve("environments.yml"), """
                environments:
                  lxc:
                    lxc: guestbook-lxc
                """);
    }

    @Test
    void needsNeitherJBangNorNetwork() throws Exception {
        install().well();
        laptop.with("PATH", bin + ":/usr/bin:/bin")
                .with("JBANG_DIR", "/nowhere").with("JBANG_REPO", "/nowhere");

        var usage = laptop.runWithoutNetwork(temp, "deb-deploy", "--help");
        assertTrue(usage.well().startsWith("Usage: deb-deploy "), usage.toString());
        assertEquals("", usage.err());
        assertEquals(usage, laptop.runWithoutNetwork(temp, "dragonfab", "deb-deploy", "--help"));
        var environment = laptop.runWithoutNetwork(temp, "dragonfab", "env", "lxc");
        assertTrue(environment.well().contains("guestbook-lxc"), environment.toString());
    }

    /** As in a unit of systemd that gives nothing, and under a service user whose home is not to be written. */
    @Test
    void needsNoHomeAndNoTerminal() throws Exception {
        install().well();
        laptop.with("PATH", bin + ":/usr/bin:/bin").without("LC_ALL").without("JBANG_DIR").without("JBANG_REPO")
                .with("XDG_CACHE_HOME", "/no where").with("XDG_CONFIG_HOME", "/no where");

        for (var home : List.of("/proc/none", "/proc", "")) {
            (home.isEmpty() ? laptop.without("HOME") : laptop.with("HOME", home)).with("TERM", "dumb");
            assertTrue(laptop.runHeldByModes(temp, "deb-build", "--help").well().startsWith("Usage: deb-build "));
            assertTrue(laptop.runHeldByModes(temp, "dragonfab", "env", "lxc").well().contains("guestbook-lxc"));
        }
    }

    @Test
    void saysWhereItCannotWrite() throws Exception {
        prefix = Path.of("/proc/none");

        assertEquals(new Ran(2, "", "install: " + System.getProperty("user.name")
                + " cannot write to /proc/none\ntry: another --prefix\n"), install());
    }

    /** As in cron, over ssh without a locale, and in CI. */
    @Test
    void hasAllLettersWhateverTheLocaleIs() throws Exception {
        install().well();
        laptop.with("PATH", bin + ":/usr/bin:/bin").with("LC_ALL", "C");
        var folder = Files.createDirectories(temp.resolve("G\u00e4stebuch"));
        Files.copy(temp.resolve("environments.yml"), folder.resolve("environments.yml"));

        for (var command : List.of(List.of("deb-deploy"), List.of("dragonfab", "deb-deploy"))) {
            var words = new ArrayList<>(command);
            words.addAll(List.of("lxc", "gr\u00fc\u00dfe.deb"));
            var ran = laptop.run(folder, words.toArray(String[]::new));
            assertTrue(ran.err().contains("gr\u00fc\u00dfe.deb") && !ran.err().contains("locale"), ran.toString());
        }
    }

    @Test
    void anArchiveThatDoesNotFitCostsTimeOnly() throws Exception {
        install().well();
        var lib = prefix.resolve("lib/dragonfab");
        var before = laptop.run(temp, bin.resolve("deb-deploy").toString(), "--help");
        assertEquals(0, before.exit());

        // As after another Java or a copy of the folder: the archive remembers when its jars were made.
        try (var jars = Files.newDirectoryStream(lib, "*.jar")) {
            for (Path jar : jars) {
                Files.setLastModifiedTime(jar, FileTime.fromMillis(0));
            }
        }
        assertTrue(Files.exists(lib.resolve("classes.jsa")));
        assertEquals(before, laptop.run(temp, bin.resolve("deb-deploy").toString(), "--help"));
    }

    @ParameterizedTest
    @MethodSource("javas")
    void theArchiveHoldsWhatADeployNeeds(Path java) throws Exception {
        // Java 17 archives nothing of a path with a space, and runs slower.
        prefix = temp.resolve("programs");
        laptop.with("JAVA_HOME", java.toString());
        install().well();

        var loaded = laptop.run(temp, java.resolve("bin/java").toString(),
                "@" + prefix.resolve("lib/dragonfab/java.args"), "-Xlog:class+load",
                "dragonfab.shell.ssh.sshj.TrainingRun");

        assertEquals("", loaded.err());
        for (var name : List.of("groovy.lang.Closure", "dragonfab.deploy.Deployment",
                "net.schmizz.sshj.transport.TransportImpl", "com.grack.nanojson.JsonParser",
                "sun.security.ec.XDHKeyAgreement")) {
            assertTrue(loaded.well().contains(" " + name + " source: shared objects file"), name);
        }
    }

    /** All that this machine has: each writes the list of classes in a form of its own. */
    static Stream<Path> javas() throws IOException {
        var own = Path.of(System.getProperty("java.home")).toRealPath();
        try (var beside = Files.list(own.getParent())) {
            return Stream.concat(Stream.of(own), beside.filter(each -> Files.isExecutable(each.resolve("bin/javac"))
                    && !Files.isSymbolicLink(each) && !each.equals(own)).toList().stream());
        }
    }

    @Test
    void hidesNoCommandOfTheSystem() throws Exception {
        install().well();

        var ours = List.of("dragonfab", "deb-build", "deb-deploy", "deploy", "rollback");
        assertTrue(commands().containsAll(ours), commands().toString());
        assertEquals(List.of(), commands().stream().filter(TAKEN::contains).toList());
    }

    @Test
    void listsWhatThereIs() throws Exception {
        install().well();
        var dragonfab = bin.resolve("dragonfab").toString();

        var list = laptop.run(temp, dragonfab).well();
        assertTrue(list.contains("\n  env            "), list);
        assertEquals(list, laptop.run(temp, dragonfab, "help").well());
        assertTrue(laptop.run(temp, dragonfab, "version").well().matches("dragonfab \\S+\n"));
        assertTrue(laptop.run(temp, dragonfab, "help", "env").well().startsWith("Usage: env "));
        assertEquals(new Ran(2, "", "dragonfab: depoly: no such script (did you mean deploy?)\n"
                + "try: dragonfab --help\n"), laptop.run(temp, dragonfab, "depoly"));
        assertEquals(new Ran(2, "", "dragonfab: paint: no such script\ntry: dragonfab --help\n"),
                laptop.run(temp, dragonfab, "paint"));
    }

    @Test
    void leavesForeignFilesAlone() throws Exception {
        Files.createDirectories(bin);
        Files.writeString(bin.resolve("deploy"), "mine");

        var ran = install();

        assertEquals(3, ran.exit(), ran.toString());
        assertEquals("install: these are not ours, and stay as they are: " + bin + ": deploy\n"
                + "try: another --prefix\n", ran.err());
        assertEquals(List.of("deploy"), commands());
        assertEquals("mine", Files.readString(bin.resolve("deploy")));
    }

    @Test
    void replacesItselfAndGoesWithoutATrace() throws Exception {
        install().well();
        Files.writeString(bin.resolve("other"), "mine");
        install().well();

        assertEquals("dragonfab is gone from " + prefix + "\n", install("--uninstall").well());

        assertEquals(List.of("other"), commands());
        try (var left = Files.list(prefix.resolve("lib"))) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void saysWhenItsFolderIsNotOnThePath() throws Exception {
        assertTrue(install().well().contains("note: " + bin + " is not on PATH\n"));

        laptop.with("PATH", bin + ":/usr/bin:/bin");
        assertTrue(!install().well().contains("note:"));
    }

    private Ran install(String... more) throws Exception {
        var command = new java.util.ArrayList<>(List.of(clone.resolve("install").toString(),
                "--prefix", prefix.toString()));
        command.addAll(List.of(more));
        return laptop.run(temp, command.toArray(String[]::new));
    }

    private List<String> commands() throws IOException {
        try (var files = Files.list(bin)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
