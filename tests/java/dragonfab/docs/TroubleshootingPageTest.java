package dragonfab.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * docs/troubleshooting.md has each failure that names a remedy, as the code has both; the causes are the page's own.
 * {@code -Ddragonfab.write=true} writes it anew, and a new line waits for its cause.
 */
class TroubleshootingPageTest {
    private static final Path PAGE = Pages.HOME.resolve("docs/troubleshooting.md");
    private static final String WRITE = "mvn test -Dtest=TroubleshootingPageTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Ddragonfab.write=true";
    private static final Pattern ROW = Pattern.compile("\\| (.+) \\| (.*) \\| (.*) \\|");
    private static final String HEAD = "| You see | Why | What to do |";
    /** Headings in the page's order, each with the folders of its failures. */
    private static final Map<String, String> AREAS = new LinkedHashMap<>();

    static {
        AREAS.put("The file and the command line", "config|recipe|files|scaffold|scripts|app");
        AREAS.put("Reaching a host", "shell.*|transfer");
        AREAS.put("Containers and what is set up", "target|container|lxc|provision|doctor.*");
        AREAS.put("Building", "deb|python|release.site");
        AREAS.put("Deploying and going back", "deploy|plan|release|release.deb|health");
        AREAS.put("Repository", "repository");
        AREAS.put("Database", "database.*");
        AREAS.put("Media", "media");
        AREAS.put("Maintenance", "web.*");
    }

    private record Row(String symptom, String cause, String remedy) {

        static List<Row> of(List<String> lines) {
            return lines.stream().map(ROW::matcher).filter(row -> row.matches() && !row.group(1).equals("You see"))
                    .map(row -> new Row(row.group(1), row.group(2), row.group(3))).toList();
        }

        @Override
        public String toString() {
            return "| " + symptom + " | " + cause + " | " + remedy + " |";
        }
    }

    @Test
    void thePageHasEachRemedyOfTheCode() throws IOException {
        var lines = Pages.lines(PAGE);
        var written = String.join("\n", page(lines)) + "\n";
        if (Boolean.getBoolean("dragonfab.write")) {
            Files.writeString(PAGE, written);
        } else {
            assertEquals(written, Files.readString(PAGE), WRITE);
        }
    }

    @Test
    void eachLineHasACauseAndARemedyAndIsSaidByTheCode() throws IOException {
        var rows = Row.of(Pages.lines(PAGE));
        var said = CodeText.allSaid();

        assertTrue(rows.size() > 80, "only " + rows.size());
        assertEquals("", rows.stream().filter(row -> row.cause().isBlank() || row.remedy().isBlank()
                || !Stream.of(row.symptom().replace("\\|", "|").replace("&lt;", "<").split("…"))
                        .allMatch(said::contains))
                .map(Row::toString).collect(Collectors.joining("\n")));
    }

    private static List<String> page(List<String> before) throws IOException {
        var text = new ArrayList<>(before.subList(0, before.indexOf("## " + AREAS.keySet().iterator().next())));
        var all = CodeFailure.all();
        for (var area : AREAS.entrySet()) {
            // A line of the page's own is of a failure whose remedy no one place of the code has.
            var rows = new TreeMap<String, Row>();
            Row.of(section(before, area.getKey())).forEach(row -> rows.put(row.symptom(), row));
            var there = new TreeMap<String, String>();
            all.stream().filter(each -> each.area().matches(area.getValue()) && each.hasWords()
                    && each.remedy() != null).forEach(each -> there.merge(shown(each.message()), shown(each.remedy()),
                            (one, other) -> one.contains(other) ? one : one + "; or " + other));
            there.forEach((symptom, remedy) -> rows.merge(symptom, new Row(symptom, "", remedy),
                    (old, made) -> new Row(symptom, old.cause(), remedy)));
            text.addAll(List.of("## " + area.getKey(), "", HEAD, "|---|---|---|"));
            rows.values().forEach(row -> text.add(row.toString()));
            text.add("");
        }
        text.remove(text.size() - 1);
        return text;
    }

    private static List<String> section(List<String> page, String heading) {
        var rest = page.subList(Math.max(page.indexOf("## " + heading) + 1, 0), page.size());
        return rest.stream().takeWhile(line -> !line.startsWith("## ")).toList();
    }

    private static String shown(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;").strip();
    }
}
