package dragonfab.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartedAsTest {
    private static final long ME = 4711;

    @TempDir
    Path folder;

    @Test
    void anInstalledOneIsACommandOfItsOwn() throws IOException {
        var command = executable("bin/dragonfab").toString();

        assertEquals("dragonfab db-dump", started(Map.of("PATH", "/none:" + folder.resolve("bin")),
                "dragonfab.installed", command, "db-dump"));
        assertEquals(command + " db-dump", started(Map.of("PATH", "/none"), "dragonfab.installed", command, "db-dump"));
    }

    @Test
    void anotherDragonfabThatComesFirstIsNotOurs() throws IOException {
        executable("first/dragonfab");
        var command = executable("bin/dragonfab").toString();

        assertEquals(command + " env", started(Map.of("PATH", folder.resolve("first") + ":" + folder.resolve("bin")),
                "dragonfab.installed", command, "env"));
    }

    @Test
    void jbangwSaysHowItWasTyped() {
        assertEquals("./jbangw lock@dragonfab", started(jbangw("deploy@dragonfab", ME), "a", "b", "lock"));
    }

    @Test
    void ofCopiedFilesOnlyThoseThatLieThereAreNamed() throws IOException {
        executable("ops/lock.java");

        assertEquals("./jbangw ops/deploy.java", started(jbangw("ops/deploy.java", ME), "a", "b", "deploy"));
        assertEquals("./jbangw ops/lock.java", started(jbangw("ops/deploy.java", ME), "a", "b", "lock"));
        assertEquals("./jbangw status@dragonfab", started(jbangw("ops/deploy.java", ME), "a", "b", "status"));
    }

    @Test
    void whatAScriptStartsItselfWasNotStartedByJbangw() {
        assertEquals("jbang lock@dragonfab", started(jbangw("deploy@dragonfab", ME + 1), "a", "b", "lock"));
    }

    @Test
    void anAliasOfTheCatalogIsTypedAsOne() {
        assertEquals("jbang lock@dragonfab", started(Map.of(), "dragonfab.alias", "true", "lock"));
    }

    @Test
    void aFileThatCanBeRunIsTypedAlone() throws IOException {
        executable("deploy.java");
        Files.writeString(folder.resolve("lock.java"), "");
        var jar = "/home/me/.jbang/cache/jars/deploy.java." + "7d06".repeat(16) + "/deploy.jar:/x/lib.jar";

        assertEquals("./deploy.java", started(Map.of(), "java.class.path", jar, "deploy"));
        assertEquals("jbang lock.java", started(Map.of(), "java.class.path", jar, "lock"));
        assertEquals("jbang status@dragonfab", started(Map.of(), "java.class.path", jar, "status"));
    }

    private String started(Map<String, String> variables, String property, String value, String script) {
        var properties = new Properties();
        properties.setProperty(property, value);
        return String.join(" ", new StartedAs(variables, properties, folder, ME).script(script));
    }

    private static Map<String, String> jbangw(String script, long process) {
        return Map.of("JBANGW", "./jbangw", "JBANGW_SCRIPT", script, "JBANGW_PROCESS", String.valueOf(process));
    }

    private Path executable(String name) throws IOException {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "");
        file.toFile().setExecutable(true);
        return file;
    }

    /** Words of a copied file are the same list. */
    @Test
    void ofAnUnknownStartTheAliasIsSaid() {
        assertEquals(List.of("jbang", "env@dragonfab"), new StartedAs(Map.of(), new Properties(), folder, ME)
                .script("env"));
    }
}
