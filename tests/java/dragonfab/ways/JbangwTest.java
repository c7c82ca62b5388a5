package dragonfab.ways;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The wrapper by itself: what it says without a JDK, what it hands on, what it refuses. */
@Tag("ways")
class JbangwTest {
    private static final String REMEDY =
            "try: sudo apt-get install default-jdk-headless, or set JAVA_HOME to a JDK 17 or newer\n";

    @TempDir
    Path temp;
    Laptop laptop;
    Path jbangw;

    @BeforeEach
    void aWrapperOutsideOfACheckout() throws IOException {
        laptop = new Laptop(temp.resolve("home"));
        jbangw = Files.copy(Laptop.wrapper(), temp.resolve("jbangw"),
                java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
    }

    @Test
    void saysThatThereIsNoJava() throws Exception {
        for (String tool : List.of("sh", "sed", "readlink", "mkdir")) {
            Files.createDirectories(temp.resolve("few"));
            Files.createSymbolicLink(temp.resolve("few").resolve(tool), Path.of("/usr/bin").resolve(tool));
        }
        laptop.with("PATH", temp.resolve("few").toString());

        assertEquals("jbangw: there is no Java on this machine\n" + REMEDY, refusal());
    }

    @Test
    void saysThatJavaHomeIsEmpty() throws Exception {
        laptop.with("JAVA_HOME", "/nowhere");

        assertEquals("jbangw: JAVA_HOME is /nowhere, where there is no Java\n" + REMEDY, refusal());
    }

    /** As a unit of systemd has none. */
    @Test
    void needsNoHome() throws Exception {
        var ran = laptop.with("JAVA_HOME", "/nowhere").run(temp, "env", "-u", "HOME", jbangw.toString(), "x.java");

        assertEquals("jbangw: JAVA_HOME is /nowhere, where there is no Java\n" + REMEDY, ran.err());
    }

    @Test
    void saysThatJavaIsTooOld() throws Exception {
        var java = java("JAVA_VERSION=\"1.8.0_392\"", "java", "javac");

        assertEquals("jbangw: the Java in " + java + " is 8, and scripts need 17 or newer\n" + REMEDY,
                refusal());
    }

    @Test
    void saysThatACompilerIsMissing() throws Exception {
        var jre = java("JAVA_VERSION=\"21.0.1\"", "java");

        assertEquals("jbangw: the Java in " + jre + " is a JRE, and scripts need the compiler of a JDK\n"
                + REMEDY, refusal());
    }

    @Test
    void runsNoJarThatIsNotJBang() throws Exception {
        var jar = temp.resolve("repo/dev/jbang/jbang-cli/0.132.1/jbang-cli-0.132.1-all.jar");
        Files.createDirectories(jar.getParent());
        Files.writeString(jar, "not JBang");
        laptop.with("JBANGW_REPO", temp.resolve("repo").toString());

        var ran = laptop.run(temp, jbangw.toString(), "--version");

        assertEquals(1, ran.exit());
        assertTrue(ran.err().startsWith("jbangw: what came as JBang 0.132.1 is not it: its SHA-256 is "),
                ran.err());
        assertEquals(List.of(), list(temp.resolve("home/jbang/cache/jbangw")));
    }

    @Test
    void parallelFirstRunsAllWork() throws Exception {
        var script = script("System.out.print(\"ran\");");
        var runs = new ArrayList<Laptop.Running>();
        for (int i = 0; i < 4; i++) {
            runs.add(laptop.start(temp, jbangw.toString(), "--quiet", script));
        }

        for (var run : runs) {
            assertEquals("ran", run.ended().well());
        }
    }

    @Test
    void saysWhereItCannotWrite() throws Exception {
        for (var home : List.of("/proc/none", temp.resolve("home/read only").toString())) {
            readOnly(Path.of(home));

            var ran = laptop.with("JBANG_DIR", home).runHeldByModes(temp, jbangw.toString(), "--version");

            assertEquals(new Ran(2, "", "jbangw: JBang keeps what it compiles in " + home + "/cache, and "
                    + System.getProperty("user.name") + " cannot write there\ntry: set JBANG_DIR to another folder\n"),
                    ran);
        }
    }

    @Test
    void aReadOnlyCacheIsGoodForWhatItHas() throws Exception {
        var script = script("System.out.print(\"ran\");");
        laptop.run(temp, jbangw.toString(), "--quiet", script).well();
        laptop.run(temp, "chmod", "-R", "a-w", temp.resolve("home/jbang").toString()).well();

        assertEquals("ran", laptop.runHeldByModes(temp, jbangw.toString(), "--quiet", script).well());
        Files.writeString(temp.resolve(script), "// It has to be compiled anew.\n", StandardOpenOption.APPEND);
        var changed = laptop.runHeldByModes(temp, jbangw.toString(), "--quiet", script);
        laptop.run(temp, "chmod", "-R", "u+w", temp.resolve("home/jbang").toString()).well();

        assertEquals(2, changed.exit());
        assertTrue(changed.err().startsWith("jbangw: JBang keeps what it compiles in "), changed.err());
    }

    @Test
    void keepsAllOfJBangInTheHomeOfTheEnvironment() throws Exception {
        laptop.without("JBANG_DIR");
        var script = script("System.out.print(\"ran\");");

        assertEquals("ran", laptop.run(temp, jbangw.toString(), "--quiet", script).well());

        assertTrue(Files.isDirectory(temp.resolve("home/.jbang/cache/jars")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void handsEveryWordOnAsItIs(String shell) throws Exception {
        assumeTrue(laptop.run(temp, (shell + " -c true").split(" ")).exit() == 0, shell + " is not here");
        var script = script("for (var word : args) System.out.print('<' + word + '>'); System.exit(3);");
        var command = new ArrayList<>(List.of(shell.split(" ")));
        command.addAll(List.of(jbangw.toString(), "--quiet", script,
                "", "it's", "a\"b", "$HOME `id`", "two\nlines", "*", "ü", "100%", "x@dragonfab", "--build",
                ""));

        var ran = laptop.run(temp, command.toArray(String[]::new));

        assertEquals("<><it's><a\"b><$HOME `id`><two\nlines><*><ü><100%><x@dragonfab><--build><>",
                ran.out());
        assertEquals(3, ran.exit());
    }

    @Test
    void handsStandardInputOn() throws Exception {
        var script = script("System.out.print(new String(System.in.readAllBytes()));");

        assertEquals("one\ntwo", laptop.run(temp, "sh", "-c",
                "printf 'one\\ntwo' | '" + jbangw + "' --quiet " + script).well());
    }

    private String refusal() throws Exception {
        var ran = laptop.run(temp, "/bin/sh", jbangw.toString(), "--version");
        assertEquals(2, ran.exit());
        assertEquals("", ran.out());
        return ran.err();
    }

    private static void readOnly(Path folder) throws IOException {
        if (!folder.startsWith("/proc")) {
            Files.setPosixFilePermissions(Files.createDirectories(folder),
                    PosixFilePermissions.fromString("r-xr-xr-x"));
        }
    }

    private Path java(String release, String... commands) throws IOException {
        var home = Files.createDirectories(temp.resolve("java"));
        Files.writeString(home.resolve("release"), release + "\n");
        for (String command : commands) {
            Laptop.executable(home.resolve("bin").resolve(command), "#!/bin/sh\nexit 9\n");
        }
        laptop.with("JAVA_HOME", home.toString());
        return home;
    }

    private String script(String body) throws IOException {
        Files.writeString(temp.resolve("words.java"), """
                //JAVA 17+
                class Words {
                    public static void main(String[] args) throws Exception {
                        %s
                    }
                }
                """.formatted(body));
        return "words.java";
    }

    private static List<String> list(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
