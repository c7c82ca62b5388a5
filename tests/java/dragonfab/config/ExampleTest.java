package dragonfab.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The example is the manual: it loads and holds every key with its default; and every key is of use. */
class ExampleTest {
    private static final Path HOME = Path.of(System.getProperty("dragonfab.home"));
    private static final Path EXAMPLE = HOME.resolve("environments.yml.example");
    private static final Pattern ENTRY = Pattern.compile("(?m)^    ([a-z_]+):");

    @Test
    void loadsWithoutProblemsAndWarnings() {
        var environments = Environments.load(EXAMPLE);

        assertEquals(List.of("lxc", "staging", "production"), environments.names());
        assertEquals(List.of(), environments.warnings());
    }

    @Test
    void holdsEveryKeyAndNoOther() throws IOException {
        var held = new TreeSet<String>();
        ENTRY.matcher(Files.readString(EXAMPLE)).results().forEach(entry -> held.add(entry.group(1)));
        var known = new TreeSet<String>(Key.all().stream().map(Key::name).toList());

        assertEquals(known, held);
    }

    @Test
    void saysTheDefaultOfEveryKeyThatHasOne() throws IOException {
        var lines = Files.readAllLines(EXAMPLE);
        var silent = new TreeSet<String>();
        for (var key : Key.all()) {
            var fallback = key.defaultText();
            var comment = comment(lines, key);
            var needed = fallback == null || fallback.equals("[]") ? "" : "Default: " + fallback;
            if (comment.isEmpty() || !comment.contains(needed)) {
                silent.add(key.name());
            }
        }

        assertEquals(new TreeSet<String>(), silent);
    }

    @Test
    void everyEnvironmentOfItCanBeShown() {
        var environments = Environments.load(EXAMPLE);

        for (var name : environments.names()) {
            var rows = environments.environment(name, Map.of()).shown();
            assertEquals(List.of("key", "value", "source"), List.copyOf(rows.get(0).keySet()));
        }
    }

    /** A key that nothing reads would be a promise that nobody keeps. */
    @Test
    void everyKeyIsReadBySomeCode() throws IOException {
        var code = code(HOME.resolve("lib")) + code(HOME.resolve("scripts"));
        var idle = new TreeSet<String>();
        for (var key : Key.all()) {
            if (key == Key.VARS) {
                continue; // other texts of the file read it
            }
            var constant = key.name().toUpperCase(java.util.Locale.ROOT);
            var used = Pattern.compile("\\bKey\\." + constant + "\\b").matcher(code).find()
                    || List.of(Key.HOSTS, Key.LXC, Key.LXC_HOST).contains(key) && code.contains(".targets()")
                    || List.of(Key.APP_NAME, Key.KIND, Key.SOFTWARE, Key.VARIANT).contains(key)
                            && code.contains(".application(");
            if (!used) {
                idle.add(key.name());
            }
        }

        assertEquals(new TreeSet<String>(), idle);
    }

    /** The lines of comment above the first place of a key. */
    private static String comment(List<String> lines, Key<?> key) {
        var comment = new StringBuilder();
        for (var line : lines) {
            if (line.startsWith("    " + key + ":")) {
                return comment.toString();
            }
            comment.append(line.startsWith("    #") ? line : "");
            comment.setLength(line.startsWith("    #") ? comment.length() : 0);
        }
        return "";
    }

    private static String code(Path folder) throws IOException {
        var code = new StringBuilder();
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
                if (!file.toString().contains("/config/")) {
                    code.append(Files.readString(file));
                }
            }
        }
        return code.toString();
    }
}
