package dragonfab.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dragonfab.recipe.Arguments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a page gives to type is taken as it is written: scripts, options, arguments, and the files that it names. */
class CommandLinesTest {
    /** Words of a report that begin as a script does. */
    private static final String REPORT = "deploy freeze by ann@laptop (2 days ago): black Friday";
    /** Of JBang and of the benchmarks. */
    private static final Set<String> OPTIONS_OF_OTHERS = Set.of("--global", "--offline", "--only", "--tools");

    @Test
    void everyCommandIsTakenAsItIsWritten() throws IOException {
        var complaints = Pages.all().flatMap(page -> CommandCheck.complaints(Typed.of(page)))
                .filter(complaint -> !complaint.contains(REPORT)).toList();

        assertEquals(List.of(), complaints);
    }

    @Test
    void everyOptionIsAScripts() throws IOException {
        var ours = CommandCheck.SCRIPTS.stream().flatMap(script -> Arguments.options(script).stream())
                .collect(Collectors.toSet());
        var others = Pages.all().flatMap(Typed::codes).filter(code -> code.matches("--[a-z].*"))
                .map(code -> code.split("[ =]")[0]).filter(option -> !ours.contains(option)).distinct().toList();

        assertEquals(new TreeSet<>(OPTIONS_OF_OTHERS), new TreeSet<>(others));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jbang deploy@dragonfab staging --pan", "jbang depoly@dragonfab staging",
        "jbang lock@dragonfab ENV hold --mesage 'black Friday'", "jbang deploy@dragonfab lxc -f examples/none.yml",
        "jbang catalogue add X", "jbang gone.java staging", "./install --perfix DIR", "./demonstrate",
        "dragonfab depoly staging", "tests/faults/run --sede 1", "mvn -q test -Dtest=NoneTest", "rm -rf all",
        "cd examples/guestbook && sed -i 's/No such words/x/' entries/templates/entries/index.html",
        "for name in one two; do jbang init@dragonfab --non; done"})
    void aWrongOneIsFound(String line, @TempDir Path folder) throws IOException {
        assertEquals(1, complaints(line, folder));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jbang deploy@dragonfab staging --plan   # what each host would get",
        "jbang run@dragonfab $name --stdin -- 'cat >> /root/a' \\\n    < ~/.ssh/id_ed25519.pub",
        "jbang --offline status@dragonfab staging", "./install --prefix DIR", "dragonfab env lxc"})
    void theseAreTaken(String line, @TempDir Path folder) throws IOException {
        assertEquals(0, complaints(line, folder));
    }

    @Test
    void aUsageLineStandsForAllThatItAllows() {
        assertEquals(List.of("deb-deploy ENV", "deb-deploy ENV FILE.deb", "deb-deploy ENV --resume"),
                Typed.variants("deb-deploy ENV [FILE.deb|--resume]").toList());
    }

    private static long complaints(String line, Path folder) throws IOException {
        var page = Files.writeString(folder.resolve("page.md"), "```sh\n" + line + "\n```\n");
        return CommandCheck.complaints(Typed.of(page)).count();
    }
}
