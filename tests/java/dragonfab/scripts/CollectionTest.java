package dragonfab.scripts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.grack.nanojson.JsonWriter;
import dragonfab.config.ScriptName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a script, the catalog, the list of names and the README say of each other. */
class CollectionTest {
    static final Path HOME = Path.of(System.getProperty("dragonfab.home"));
    static final String VERSION = System.getProperty("dragonfab.version");
    static final String DESCRIPTION = "//DESCRIPTION ";

    @Test
    void theScriptsAreThoseThatSequencesKnow() throws IOException {
        assertEquals(String.join("\n", names().sorted().toList()),
                String.join("\n", scripts()));
    }

    @Test
    void theCatalogNamesEveryScriptAndNothingElse() throws IOException {
        var aliases = names().map(CollectionTest::alias).collect(Collectors.joining(",\n"));

        assertEquals("{\n  \"aliases\": {\n" + aliases + "\n  }\n}\n",
                Files.readString(HOME.resolve("jbang-catalog.json")));
    }

    @Test
    void theReadmeHasARowForEveryScript() throws IOException {
        var rows = Files.readString(HOME.resolve("README.md")).lines()
                .filter(line -> line.startsWith("|")).map(line -> line.split("\\|")[1]).toList();
        var without = scripts().stream()
                .filter(name -> rows.stream().noneMatch(row -> row.matches(".*`" + name + "[ `].*")))
                .toList();

        assertEquals(List.of(), without);
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void aScriptBeginsWithTheCommonHeader(String name) throws IOException {
        assertEquals("""
                ///usr/bin/env jbang "$0" "$@" ; exit $?
                //JAVA 17+
                //DEPS io.github.dragonfab:dragonfab-%s:%s
                //RUNTIME_OPTIONS -XX:+UseSerialGC -Xms32m -XX:MaxNewSize=32m
                //DESCRIPTION %s
                """.formatted(smallestJar(name), VERSION, description(name)),
                lines(name).limit(5).collect(Collectors.joining("\n", "", "\n")));
    }

    /** The kernel where that is enough, so that a copy in a project brings no more than it needs. */
    private static String smallestJar(String name) {
        var imports = Pattern.compile("import dragonfab\\.(\\w+)\\..*");
        boolean kernel = lines(name).map(imports::matcher).filter(Matcher::matches)
                .map(line -> HOME.resolve("lib/kernel/src/main/java/dragonfab/" + line.group(1)))
                .allMatch(Files::isDirectory);
        return name.equals("deploy") ? "scripts" : kernel ? "lib" : "deploy";
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void aScriptAsksJBangForNothingElse(String name) throws IOException {
        var directive = Pattern.compile("//[A-Z_]+ .*");

        assertEquals(List.of(),
                lines(name).skip(5).filter(line -> directive.matcher(line).matches()).toList());
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void aScriptIsExecutableAndItsClassIsNamedAfterIt(String name) throws IOException {
        var camel = Arrays.stream(name.split("-"))
                .map(part -> part.substring(0, 1).toUpperCase() + part.substring(1))
                .collect(Collectors.joining());

        assertTrue(Files.isExecutable(file(name)), name + " is not executable");
        assertEquals(1, lines(name).filter(line -> line.matches("(final )?class " + camel + " .*")).count());
    }

    private static Stream<String> names() {
        return Arrays.stream(ScriptName.values()).map(ScriptName::typed);
    }

    static List<String> scripts() throws IOException {
        try (var files = Files.list(HOME.resolve("scripts"))) {
            return files.map(file -> file.getFileName().toString()).filter(file -> file.endsWith(".java"))
                    .map(file -> file.substring(0, file.length() - ".java".length())).sorted().toList();
        }
    }

    private static String alias(String name) {
        return """
                %s: {
                  "script-ref": "scripts/%s.java",
                  "java-options": ["-Ddragonfab.alias=true"],
                  "description": %s
                }""".formatted(JsonWriter.string(name), name, JsonWriter.string(description(name)))
                .indent(4).stripTrailing();
    }

    private static String description(String name) {
        return lines(name).filter(line -> line.startsWith(DESCRIPTION)).findFirst()
                .map(line -> line.substring(DESCRIPTION.length()))
                .orElse("(scripts/" + name + ".java says none)");
    }

    private static Stream<String> lines(String name) {
        try {
            return Files.exists(file(name)) ? Files.readString(file(name)).lines() : Stream.of();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Path file(String name) {
        return HOME.resolve("scripts").resolve(name + ".java");
    }
}
