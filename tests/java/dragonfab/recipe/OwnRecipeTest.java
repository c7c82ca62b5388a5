package dragonfab.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.report.Failure;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recipe that the manual shows, compiled and run by the kernel and its libraries, with nothing else in sight. */
@Tag("slow")
class OwnRecipeTest {
    private static final Path MANUAL = Path.of(System.getProperty("dragonfab.home"), "docs/guides/recipes.md");
    /** What the features bring, and what only tests use. */
    private static final String NOT_THE_KERNELS =
            ".*/(io/github/dragonfab|org/tukaani|org/junit|org/opentest4j|org/apiguardian|dev/harrel|com/tngtech)/.*";
    /** The host of the recipe is this machine. */
    private static final String LAUNCHER = """
            package dragonfab.recipe;

            public final class OnThisMachine {
                public static void main(String... words) {
                    var script = Script.named("tidy");
                    script.connector = new dragonfab.target.Connector() {
                        @Override
                        public dragonfab.shell.Shell host(dragonfab.config.Host host,
                                dragonfab.config.Environment environment) {
                            return new dragonfab.shell.LocalShell(environment.folder(), null);
                        }
                    };
                    System.exit(script.start(words));
                }
            }
            """;

    @TempDir
    Path folder;

    private record Ran(int exit, String out) {
    }

    @BeforeEach
    void compile() throws IOException {
        var recipe = Files.writeString(folder.resolve("tidy.java"), recipe());
        var launcher = Files.writeString(folder.resolve("OnThisMachine.java"), LAUNCHER);
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            var said = new StringWriter();
            assertTrue(compiler.getTask(said, files, null, List.of("-proc:none", "-Xlint:-path", "-cp", kernel(), "-d",
                    folder.resolve("classes").toString()), null, files.getJavaFileObjects(recipe, launcher)).call(),
                    said::toString);
        }
    }

    @Test
    void changesWhatThereIsToChange() throws Exception {
        write("old.png", 40);
        write("new.png", 1);

        assertEquals(new Ran(0, "changed    local: remove 1 old thumbnails\n1 changed\n"), run("staging"));
        assertFalse(Files.exists(folder.resolve("thumbnails/old.png")));
        assertTrue(Files.exists(folder.resolve("thumbnails/new.png")));
        assertEquals(new Ran(0, "unchanged  local: remove old thumbnails: there are none\n1 unchanged\n"),
                run("staging"));
    }

    @Test
    void hasTheOptionsOfEveryScript() throws Exception {
        write("old.png", 40);

        assertEquals(new Ran(0, "planned    local: remove 1 old thumbnails\n"
                + "  find thumbnails -type f -mtime +10 -delete\n1 planned\n"), run("staging", "-n", "--days", "10"));
        assertTrue(Files.exists(folder.resolve("thumbnails/old.png")));
        assertEquals(2, run("nowhere").exit());
    }

    @Test
    void seesNoClassOfTheFeatures() throws Exception {
        var places = new ArrayList<URL>();
        for (var place : kernel().split(File.pathSeparator)) {
            places.add(Path.of(place).toUri().toURL());
        }
        try (var loader = new URLClassLoader(places.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            assertSame(loader, loader.loadClass(Run.class.getName()).getClassLoader());
            for (var feature : List.of("dragonfab.deploy.Deployment", "dragonfab.release.ReleaseKind",
                    "dragonfab.database.Database", "DebDeploy", "org.tukaani.xz.XZInputStream")) {
                Class.forName(feature, false, getClass().getClassLoader());
                assertThrows(ClassNotFoundException.class, () -> loader.loadClass(feature), feature);
            }
        }
    }

    @Test
    void namesTheKernelOfThisVersion() throws IOException {
        assertEquals(List.of("//DEPS io.github.dragonfab:dragonfab-lib:" + System.getProperty("dragonfab.version")),
                recipe().lines().filter(line -> line.startsWith("//DEPS")).toList());
    }

    private void write(String name, int days) throws IOException {
        var file = Files.createDirectories(folder.resolve("thumbnails")).resolve(name);
        Files.setLastModifiedTime(Files.writeString(file, "x"),
                FileTime.from(Instant.now().minus(Duration.ofDays(days))));
    }

    private Ran run(String... words) throws IOException, InterruptedException {
        Files.writeString(folder.resolve("environments.yml"),
                "environments: {staging: {hosts: local, vars: {thumbnails: thumbnails}}}\n");
        var java = Path.of(System.getProperty("java.home"), "bin/java").toString();
        var command = Stream.concat(Stream.of(java, "-cp", folder.resolve("classes") + File.pathSeparator + kernel(),
                "dragonfab.recipe.OnThisMachine"), Arrays.stream(words)).toList();
        var out = folder.resolve("out");
        var process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
                .redirectOutput(out.toFile()).start();
        process.getOutputStream().close();
        assertTrue(process.waitFor(1, TimeUnit.MINUTES), "it has no end");
        return new Ran(process.exitValue(), Files.readString(out).replaceAll("(?m) \\([0-9.]+ s\\)$", ""));
    }

    private static String kernel() {
        var classes = Path.of(location(Run.class));
        assertEquals(classes, Path.of(location(Failure.class)));
        return Stream.concat(Stream.of(classes.toString()), Arrays.stream(System.getProperty("surefire.test.class.path",
                System.getProperty("java.class.path")).split(File.pathSeparator))
                .filter(place -> place.endsWith(".jar") && !place.matches(NOT_THE_KERNELS)
                        && !place.contains("/target/")))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static URI location(Class<?> type) {
        try {
            return type.getProtectionDomain().getCodeSource().getLocation().toURI();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** To the letter as the manual has it. */
    private static String recipe() throws IOException {
        var manual = Files.readString(MANUAL);
        int begin = manual.indexOf("```java\n") + "```java\n".length();
        return manual.substring(begin, manual.indexOf("```", begin));
    }
}
