package dragonfab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Which package may name which: only downwards, and each outside library in one place. */
class LayersTest {
    static final Path HOME = Path.of(System.getProperty("dragonfab.home"));
    static final Path LIB = HOME.resolve("lib/src/main/java");

    static final String JDK = "javax?\\..*";
    static final String REPORT = "dragonfab\\.report\\..*";
    static final String CONFIG = "dragonfab\\.config\\..*";
    static final String CONFIG_VALUES = "dragonfab\\.config\\.(?!Environments$).*";
    static final String SHELL_DATA =
            "dragonfab\\.shell\\.(Command|Word|Plain|Secret|Nested|Input|Result|Ended)(\\..*)?";
    static final String OPS = "dragonfab\\.ops\\..*";
    static final String JSON = "com\\.grack\\.nanojson\\..*";
    static final String FAILURE = "dragonfab\\.report\\.Failure";
    static final String PICOCLI = "picocli\\..*";

    /** A layer, and what its files may name besides each other. */
    static final Map<String, List<String>> LAYERS = new LinkedHashMap<>(Map.of(
            "report", List.of(JDK, REPORT, JSON),
            "shell", List.of(JDK, REPORT, "dragonfab\\.shell\\..*",
                    "org\\.zeroturnaround\\.exec\\..*", "net\\.schmizz\\..*", "com\\.hierynomus\\..*", "org\\.bouncycastle\\..*"),
            "config", List.of(JDK, REPORT, CONFIG, "dragonfab\\.shell\\.(Secret|Plain)", "org\\.yaml\\.snakeyaml\\..*"),
            "ops", List.of(JDK, REPORT, CONFIG, SHELL_DATA, OPS, JSON, "org\\.tukaani\\.xz\\..*"),
            "dragonfab", List.of(JDK, "dragonfab\\..*", PICOCLI),
            "scripts", List.of(JDK, "dragonfab\\.[A-Z].*", OPS, CONFIG_VALUES, SHELL_DATA, FAILURE, PICOCLI)));

    /**
     * What only one layer may mention; the second part of a line is the layer, or a file of another.
     * Two programs run below the shell: the one whose words are a value of the file, and the one that knows the
     * terminal's width.
     */
    static final Map<String, List<String>> EXCLUSIVE = Map.of(
            "\\bProcessBuilder\\b|\\bRuntime\\.getRuntime\\(\\)\\.exec\\b|org\\.zeroturnaround|net\\.schmizz",
            List.of("shell/", "config/ShellCommand.java", "report/Size.java"),
            "org\\.yaml", List.of("config/"),
            "System\\.(out|err)\\b|printStackTrace", List.of("report/", "Script.java"));

    static final Pattern NAME = Pattern.compile("(?<![\\w.])(?:[a-z]\\w*\\.)+(?:[A-Z]\\w*|\\*)");
    static final Pattern NOT_CODE = Pattern.compile(
            "\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\n])*\"|'(?:\\\\.|[^'\\\\\n])+'|//[^\n]*|/\\*.*?\\*/", Pattern.DOTALL);

    @Test
    void everyPackageNamesOnlyWhatLiesBelow() throws IOException {
        var broken = new ArrayList<String>();
        for (Path file : sources()) {
            for (String name : new TreeSet<>(names(file))) {
                if (LAYERS.get(layer(file)).stream().noneMatch(name::matches)) {
                    broken.add(HOME.relativize(file) + " names " + name);
                }
            }
        }

        assertEquals("", String.join("\n", broken));
    }

    @Test
    void whatIsDoneInOnePlaceIsMentionedInOnePlace() throws IOException {
        var broken = new ArrayList<String>();
        for (Path file : sources()) {
            var code = code(file);
            var place = LIB.resolve("dragonfab").relativize(file).toString();
            EXCLUSIVE.forEach((words, places) -> {
                var found = Pattern.compile(words).matcher(code);
                if (places.stream().noneMatch(place::startsWith) && found.find()) {
                    broken.add(HOME.relativize(file) + " mentions " + found.group());
                }
            });
        }

        assertEquals("", String.join("\n", broken.stream().sorted().toList()));
    }

    private static List<Path> sources() throws IOException {
        try (var lib = Files.walk(LIB); var scripts = Files.list(HOME.resolve("scripts"))) {
            return java.util.stream.Stream.concat(lib, scripts)
                    .filter(file -> file.toString().endsWith(".java")).sorted().toList();
        }
    }

    private static String layer(Path file) {
        if (!file.startsWith(LIB)) {
            return "scripts";
        }
        var inside = LIB.relativize(file);
        return inside.getNameCount() == 2 ? "dragonfab" : inside.getName(1).toString();
    }

    /** Imports, and names written out in full. */
    private static List<String> names(Path file) throws IOException {
        return NAME.matcher(code(file).replaceAll("(?m)^package .*$", "")).results().map(m -> m.group()).toList();
    }

    private static String code(Path file) throws IOException {
        return NOT_CODE.matcher(Files.readString(file)).replaceAll("");
    }
}
