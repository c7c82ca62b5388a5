package dragonfab.ways;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same script by every way in: checkout, catalog by path and by URL, a lone copy, offline. */
@Tag("ways")
class WaysTest {
    @TempDir
    static Path shared;
    static Path clone;

    @TempDir
    Path temp;
    Path project;
    Laptop laptop;

    @BeforeAll
    static void buildsAClone() throws Exception {
        clone = Laptop.cloneInto(Files.createDirectory(shared.resolve("clone")));
        var ran = new Laptop(shared.resolve("home")).run(clone, "./jbangw", "--build");
        ran.well();
        assertEquals("jbangw: building the library and the scripts first"
                + " (again only when their sources change)\n", ran.err());
    }

    @BeforeEach
    void aProject() throws IOException {
        laptop = new Laptop(temp.resolve("home"));
        project = Files.createDirectory(temp.resolve("project"));
        Files.writeString(project.resolve("environments.yml"), """
                environments:
                  lxc:
                    lxc: guestbook-lxc
                """);
    }

    @Test
    void fromTheCheckout() throws Exception {
        isUsage(laptop.run(project, clone.resolve("jbangw").toString(), "deb-deploy@dragonfab", "--help"));
        isEnvironment(laptop.run(project, clone.resolve("jbangw").toString(), "env@dragonfab", "lxc"));
        isUsage(laptop.run(clone, "./jbangw", "scripts/deb-deploy.java", "--help"));
    }

    @Test
    void deployBringsTheOtherScripts() throws Exception {
        var wrapper = clone.resolve("jbangw").toString();
        var usage = laptop.run(project, wrapper, "deploy@dragonfab", "--help").well();

        assertTrue(usage.startsWith("Usage: deploy "), usage);
    }

    @Test
    void aScriptStartsByItself() throws Exception {
        laptop.withCommand(Laptop.wrapper(), "jbang");

        isUsage(laptop.run(project, "sh", "-c", "'" + clone.resolve("scripts/deb-deploy.java") + "' --help"));
    }

    @Test
    void throughACatalogAddedByPath() throws Exception {
        laptop.withCommand(Laptop.wrapper(), "jbang");
        laptop.run(project, "jbang", "catalog", "add", "--name", "dragonfab",
                clone.resolve("jbang-catalog.json").toString()).well();

        isUsage(laptop.run(project, "jbang", "deb-deploy@dragonfab", "--help"));
        isEnvironment(laptop.run(project, "jbang", "env@dragonfab", "lxc"));
    }

    @Test
    void throughACatalogAddedByUrlAndOfflineAfterwards() throws Exception {
        laptop.withCommand(Laptop.wrapper(), "jbang");
        try (var server = new FileServer(clone)) {
            laptop.run(project, "jbang", "catalog", "add", "--name", "dragonfab",
                    server.address() + "/jbang-catalog.json").well();

            isUsage(laptop.run(project, "jbang", "deb-deploy@dragonfab", "--help"));
            isEnvironment(laptop.run(project, "jbang", "env@dragonfab", "lxc"));
        }

        isUsage(laptop.runWithoutNetwork(project, "jbang", "--offline", "deb-deploy@dragonfab", "--help"));
        isEnvironment(laptop.runWithoutNetwork(project, "jbang", "--offline", "env@dragonfab", "lxc"));
    }

    @Test
    void pinnedByTheProject() throws Exception {
        laptop.withCommand(Laptop.wrapper(), "jbang");
        Files.writeString(project.resolve("jbang-catalog.json"), """
                { "catalogs": { "dragonfab": { "catalog-ref": "%s" } } }
                """.formatted(clone.resolve("jbang-catalog.json")));
        var below = Files.createDirectories(project.resolve("debian/source"));

        isUsage(laptop.run(below, "jbang", "deb-deploy@dragonfab", "--help"));
    }

    @Test
    void copiedAloneIntoAProject() throws Exception {
        laptop.withCommand(Laptop.wrapper(), "jbang");
        for (String script : new String[] {"deb-deploy.java", "env.java"}) {
            Files.copy(clone.resolve("scripts").resolve(script), project.resolve(script));
        }

        isUsage(laptop.run(project, "jbang", "deb-deploy.java", "--help"));
        isEnvironment(laptop.runWithoutNetwork(project, "jbang", "--offline", "env.java", "lxc"));
    }

    private static void isUsage(Ran ran) {
        assertTrue(ran.well().startsWith("Usage: deb-deploy "), ran.toString());
    }

    private static void isEnvironment(Ran ran) {
        assertTrue(ran.well().contains("guestbook-lxc"), ran.toString());
    }
}
