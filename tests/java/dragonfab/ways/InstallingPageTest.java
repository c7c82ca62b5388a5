package dragonfab.ways;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.docs.Typed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lines of the pages on installing, typed one after another by somebody who has cloned the repository. */
@Tag("ways")
class InstallingPageTest {
    private static final String INSTALLING = "docs/reference/installing.md";
    private static final String FIRST_STEPS = "docs/first-steps.md";
    private static final Pattern PUBLIC =
            Pattern.compile("https://github.com/OWNER/dragonfab/blob/v0.1.0/|OWNER/dragonfab/v0.1.0$");

    @TempDir
    Path temp;
    Path clone;
    Path project;
    Laptop laptop;

    @BeforeEach
    void aClone() throws Exception {
        laptop = new Laptop(temp.resolve("home"));
        var served = Laptop.cloneInto(Files.createDirectories(temp.resolve("served")));
        type(served, "git init -q && git add -A && git -c user.name=Ann -c user.email=ann@example.com"
                + " commit -q -m 'As it is served'");
        clone = temp.resolve("home/src/dragonfab");
        type(temp, "git clone -q 'file://" + served + "' ~/src/dragonfab");
        project = Files.createDirectory(temp.resolve("project"));
        Files.writeString(project.resolve("environments.yml"), "environments: {staging: {lxc: guestbook-lxc}}\n");
    }

    @AfterEach
    void theCloneIsAsItWas() throws Exception {
        assertEquals("", type(clone, "git status --porcelain"));
    }

    @Test
    void theCheckout() throws Exception {
        isUsage(type(clone, written("\\./jbangw deploy@dragonfab .*") + " --help"));

        type(clone, Typed.line(FIRST_STEPS, "mkdir -p ~/.local/bin"));
        type(clone, written("ln -s .*"));
        onPath(temp.resolve("home/.local/bin"));
        type(clone, Typed.line(FIRST_STEPS, "jbang --version"));
        isUsage(type(project, written("jbang deploy@dragonfab .*") + " --help"));
    }

    @Test
    void aCatalog() throws Exception {
        type(clone, Typed.line(FIRST_STEPS, "\\./jbangw --build"));
        laptop.withCommand(Laptop.wrapper(), "jbang");

        type(project, written("jbang catalog add .*/jbang-catalog.json"));
        isUsage(type(project, written("jbang deploy@dragonfab .*") + " --help"));
        type(clone, "jbang catalog remove --global dragonfab");
        type(clone, Typed.line(FIRST_STEPS, "jbang catalog add .*"));
        isUsage(type(project, written("jbang --offline deploy@dragonfab .*") + " --help"));
        Files.copy(clone.resolve("scripts/deb-deploy.java"), project.resolve("deb-deploy.java"));
        assertTrue(type(project, written("jbang deb-deploy.java .*") + " --help").startsWith("Usage: deb-deploy "));

        type(project, written("jbang trust add .*"));
        type(project, written("jbang config set connection-timeout .*"));
        type(project, written("jbang config set cache-evict .*"));
    }

    @Test
    void aCatalogElsewhere() throws Exception {
        type(clone, Typed.line(FIRST_STEPS, "\\./jbangw --build"));
        laptop.withCommand(Laptop.wrapper(), "jbang");
        try (var server = new FileServer(clone)) {
            var catalog = server.address() + "/jbang-catalog.json";
            type(project, replaced(written("jbang catalog add .* OWNER/.*"), catalog));
            isUsage(type(project, written("jbang deploy@dragonfab .*") + " --help"));
            type(project, "jbang catalog remove --global dragonfab");

            Files.writeString(project.resolve("jbang-catalog.json"), replaced(pin(), server.address() + "/"));
            isUsage(type(project, written("jbang deploy@dragonfab .*") + " --help"));
        }
    }

    @Test
    void installed() throws Exception {
        type(clone, written("\\./install \\[.*").replaceFirst(" \\[.*", ""));
        onPath(temp.resolve("home/.local/bin"));

        isUsage(type(project, written("dragonfab deploy .*") + " --help"));
        isUsage(type(project, written("deploy staging") + " --help"));
        type(clone, written("\\./install --uninstall"));
        assertFalse(Files.exists(temp.resolve("home/.local/bin/dragonfab")));
    }

    private static String written(String pattern) {
        return Typed.line(INSTALLING, pattern);
    }

    /** What the page shows as a project's own catalog. */
    private static String pin() throws IOException {
        var page = Files.readString(Path.of(System.getProperty("dragonfab.home"), INSTALLING));
        var json = page.substring(page.indexOf("```json\n") + 8);
        return json.substring(0, json.indexOf("```"));
    }

    /** The same with an address of this machine, for the public one is a reader's own. */
    private static String replaced(String text, String address) {
        assertTrue(PUBLIC.matcher(text).find(), text);
        return PUBLIC.matcher(text).replaceAll(address);
    }

    private void onPath(Path folder) {
        laptop.with("PATH", folder + ":/usr/local/bin:/usr/bin:/bin");
    }

    private String type(Path folder, String line) throws Exception {
        return laptop.run(folder, "sh", "-c", line).well();
    }

    private static void isUsage(String out) {
        assertTrue(out.startsWith("Usage: deploy "), out);
    }
}
