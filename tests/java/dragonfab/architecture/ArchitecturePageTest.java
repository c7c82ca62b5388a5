package dragonfab.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/architecture.md and its picture say what the code is; {@code -Ddragonfab.write=true} writes them anew. */
class ArchitecturePageTest {
    private static final Path PAGE = Code.HOME.resolve("docs/architecture.md");
    private static final Path PICTURE = Code.HOME.resolve("docs/architecture.svg");
    private static final String WRITE = "mvn test -Dtest=ArchitecturePageTest -Dsurefire.failIfNoSpecifiedTests=false"
            + " -Ddragonfab.write=true";

    private static final Pattern TABLE = Pattern.compile("(?<=-->\n).*?(?=<!-- end -->)", Pattern.DOTALL);
    private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");
    private static final Pattern FILE = Pattern.compile("[\\w-]+(/[\\w.-]+)+");
    private static final Pattern CLASS = Pattern.compile("(?!ServiceLoader|Provider)[A-Z]\\w+(\\.\\w+)?");
    private static final Pattern PLACEHOLDER = Pattern.compile("NAME|PACKAGE");
    private static final Pattern ARROW = Pattern.compile("<path d=\"M(\\d+) (\\d+)[CL].*?(\\d+) (\\d+)(?:v\\d+)?\"");

    @Test
    void thePictureShowsTheRealPackages() throws IOException {
        held(PICTURE, Picture.of(imports()));
    }

    @Test
    void noArrowOfThePictureLeadsUpwards() throws IOException {
        var arrows = ARROW.matcher(Files.readString(PICTURE)).results().toList();
        var upwards = arrows.stream().filter(arrow -> number(arrow, 4) <= number(arrow, 2)).map(MatchResult::group);

        assertEquals("", Code.lines(upwards));
        assertEquals(Files.readString(PICTURE).split("<path d=\"M\\d\\d").length - 1, arrows.size());
    }

    @Test
    void theTableHasTheSentenceAndTheRowOfEachPackage() throws IOException {
        var rows = Packages.all().stream().map(row -> "| `" + row.name() + "` | "
                + row.sentence().replaceAll("\\{@code ([^}]*)}", "`$1`") + " | "
                + (row.imports().isEmpty() ? "none" : String.join(", ", row.imports())) + " |");
        var table = Stream.concat(Stream.of("| package | what it is | may import |", "|---|---|---|"), rows)
                .collect(Collectors.joining("\n", "", "\n"));

        held(PAGE, TABLE.matcher(Files.readString(PAGE)).replaceFirst(Matcher.quoteReplacement(table)));
    }

    @Test
    void whatThePageNamesIsThere() throws IOException {
        var files = Code.sources("lib", "scripts", "tests/java").stream().map(Path::toString).toList();
        var names = CODE.matcher(Files.readString(PAGE)).results().map(code -> code.group(1))
                .filter(code -> !PLACEHOLDER.matcher(code).find());
        var lost = names.filter(code -> !Files.exists(Code.HOME.resolve(code))).filter(code -> {
            var file = CLASS.matcher(code).matches() ? code.replaceFirst("\\..*", "") + ".java" : code;
            return (FILE.matcher(code).matches() || CLASS.matcher(code).matches())
                    && files.stream().noneMatch(each -> each.endsWith("/" + file));
        });

        assertEquals("", Code.lines(lost));
    }

    private static double number(MatchResult arrow, int group) {
        return Double.parseDouble(arrow.group(group));
    }

    private static Map<String, Set<String>> imports() {
        var imports = new TreeMap<String, Set<String>>();
        Code.imports().forEach((name, named) -> imports.put(name, new TreeSet<>(named.keySet())));
        return imports;
    }

    private static void held(Path file, String text) throws IOException {
        if (Boolean.getBoolean("dragonfab.write")) {
            Files.writeString(file, text);
        }
        var there = Files.readAllLines(file);
        var wanted = text.lines().toList();
        assertEquals(lines(wanted, there), lines(there, wanted), "to write " + file.getFileName() + " anew: " + WRITE);
        assertEquals(text, Files.readString(file), WRITE);
    }

    /** Those that the others lack. */
    private static String lines(List<String> some, List<String> others) {
        return Code.lines(some.stream().filter(line -> !others.contains(line)));
    }
}
