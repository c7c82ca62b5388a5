package dragonfab.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dragonfab.lab.Cli;
import dragonfab.shell.PlatformEncoding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Letters that the client's locale lacks are told, and never become others. */
class LocaleTest {
    private static final String WORD = "gr\u00fc\u00dfe";

    @TempDir
    Path folder;

    @BeforeEach
    void aProject() throws IOException {
        assumeTrue(PlatformEncoding.hasAllLetters(), "this test needs a locale with all letters itself");
        project(folder);
    }

    private static void project(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("environments.yml"), """
                environments:
                  here: {hosts: app.test, package_name: shop, url: "http://app.test/%1$s"}
                  asked: {hosts: app.test, package_name: shop, url: "${cmd:printf http://app.test/%1$s}"}
                """.formatted(WORD));
    }

    @ParameterizedTest
    @CsvSource({"LC_ALL, C", "LC_ALL, POSIX", "LC_CTYPE, C", "LANG, ''", "LC_ALL, xx_YY.UTF-8"})
    void aWordThatIsLostIsNoCommand(String variable, String locale) {
        var ran = in(folder, variable, locale).run("run", "here", "-n", "--", "echo " + WORD);

        assertEquals(2, ran.exit(), ran.toString());
        assertTrue(ran.err().startsWith("run: local: this terminal's locale ("), ran.err());
        assertTrue(ran.err().endsWith("try: export LC_ALL=C.UTF-8\n"), ran.err());
    }

    private static Cli in(Path folder, String variable, String locale) {
        var cli = Cli.in(folder).with("LC_ALL", "").with("LC_CTYPE", "").with("LANG", "");
        return cli.with(variable, locale);
    }

    /** JBang has had the words before, and asks for them as they are no more. */
    @Test
    void soIsOneThatJBangHasLost() {
        assertEquals(2, in(folder, "LC_ALL", "C").run("run", "here", "-n", "--", "echo gr????e").exit());
        assertEquals(2, in(folder, "LC_ALL", "C").run("run", "here", "--json", "-n", "--", "echo gr????e").exit());
    }

    @Test
    void aFolderWhoseNameIsLostIsNoFolderWithoutAFile() throws IOException {
        var other = folder.resolve("G\u00e4stebuch");
        project(other);

        var ran = in(other, "LC_ALL", "C").run("env", "here");

        assertEquals(2, ran.exit(), ran.toString());
        assertTrue(ran.err().contains("has not all letters of "), ran.err());
        assertEquals(0, in(other, "LC_ALL", "C.UTF-8").run("env", "here").exit());
    }

    @ParameterizedTest
    @ValueSource(strings = {"asked", "file"})
    void whatTheFileHandsOnIsWholeOrRefused(String environment) throws IOException {
        Files.writeString(folder.resolve("environments.yml"),
                "  file: {hosts: app.test, package_name: shop, package_dir: %s}\n".formatted(WORD),
                StandardOpenOption.APPEND);
        var ran = in(folder, "LC_ALL", "C").run("env", environment);

        assertEquals(2, ran.exit(), ran.toString());
        assertTrue(ran.err().contains("letters"), ran.err());
        assertEquals(0, in(folder, "LC_ALL", "C.UTF-8").run("env", environment).exit());
    }

    @Test
    void whatIsSaidIsWhole() {
        var ran = in(folder, "LC_ALL", "C").run("env", "here");

        assertEquals(0, ran.exit(), ran.toString());
        assertTrue(ran.out().contains(WORD), ran.out());
    }
}
