package dragonfab.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Where a page points to, something is: files, headings, and the paths of code. */
class LinksTest {
    private static final Pattern LINK = Pattern.compile("(?<!\\\\)\\[[^\\[\\]]*\\]\\(([^)\\s]+)\\)");
    private static final Pattern ELSEWHERE = Pattern.compile("[a-z]+:.*");
    private static final Pattern HEADING = Pattern.compile("#{1,6} (.*)");
    private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");
    /** A folder of ours and what lies in it; a name in capitals or with dots stands for many. */
    private static final Pattern PATH = Pattern.compile("\\.?/?((?:lib|tests|scripts|docs|examples|\\.ci)/[\\w./-]*)");

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        var dead = Pages.all().flatMap(page -> LINK.matcher(Pages.prose(page)).results()
                .map(link -> link.group(1)).filter(link -> !ELSEWHERE.matcher(link).matches())
                .filter(link -> !leadsSomewhere(page, link)).map(link -> Pages.name(page) + ": " + link)).toList();

        assertEquals(List.of(), dead);
    }

    @Test
    void everyPathOfCodeIsThere() throws IOException {
        var gone = Pages.all().flatMap(page -> CODE.matcher(Pages.prose(page)).results()
                .map(code -> code.group(1).split(" ")[0]).map(PATH::matcher).filter(path -> path.matches())
                .map(path -> path.group(1)).filter(path -> !isHolder(path) && !Files.exists(Pages.HOME.resolve(path)))
                .map(path -> Pages.name(page) + ": " + path)).toList();

        assertEquals(List.of(), gone);
    }

    /** As in the table of the README: from there to every page in a few steps, or nobody finds it. */
    @Test
    void everyPageIsReachedFromTheReadme() throws IOException {
        var found = new HashSet<Path>();
        var next = new ArrayDeque<>(List.of(Pages.HOME.resolve("README.md")));
        while (!next.isEmpty()) {
            var page = next.remove();
            if (found.add(page)) {
                LINK.matcher(Pages.prose(page)).results().map(link -> link.group(1))
                        .filter(link -> !ELSEWHERE.matcher(link).matches()).map(link -> target(page, link))
                        .map(file -> Files.isDirectory(file) ? file.resolve("README.md") : file)
                        .filter(file -> file.toString().endsWith(".md") && Files.exists(file)).forEach(next::add);
            }
        }

        assertEquals(List.of(), Pages.all().filter(page -> !found.contains(page)).map(Pages::name).toList());
    }

    @Test
    void aPageHasLinksAndAnchorsAsBrowsersMakeThem() {
        var readme = Pages.HOME.resolve("README.md");

        assertEquals(2, LINK.matcher("[`--host`](a.md#b) and [a\nb](c.md)").results().count());
        assertEquals("who-holds-it-code-and-all-1", anchor("Who holds it: `code`, and [all](x.md)?",
                new HashMap<>(Map.of("who-holds-it-code-and-all", 1))));
        assertTrue(leadsSomewhere(readme, "docs/concepts.md#release"));
        assertFalse(leadsSomewhere(readme, "docs/concepts.md#no-such-heading"));
        assertFalse(leadsSomewhere(readme, "docs/none.md"));
    }

    private static boolean isHolder(String path) {
        return Pattern.compile("[A-Z]{3}").matcher(path).find();
    }

    private static Path target(Path page, String link) {
        var file = URLDecoder.decode(link.replaceFirst("#.*", ""), StandardCharsets.UTF_8);
        return file.isEmpty() ? page : page.resolveSibling(file).normalize();
    }

    private static boolean leadsSomewhere(Path page, String link) {
        var file = target(page, link);
        if (!Files.exists(file) || !file.startsWith(Pages.HOME)) {
            return false;
        }
        return !link.contains("#") || anchors(file).contains(link.substring(link.indexOf('#') + 1));
    }

    private static Set<String> anchors(Path page) {
        var known = new HashMap<String, Integer>();
        var anchors = new HashSet<String>();
        Pages.prose(page).lines().map(HEADING::matcher).filter(heading -> heading.matches())
                .forEach(heading -> anchors.add(anchor(heading.group(1), known)));
        return anchors;
    }

    /** As GitHub makes it: the words alone, and a number behind one that was there before. */
    private static String anchor(String heading, Map<String, Integer> known) {
        var words = heading.replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1").strip().toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-');
        int before = known.merge(words, 1, Integer::sum) - 1;
        return before == 0 ? words : words + "-" + before;
    }
}
