package dragonfab.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A benchmark that would measure nothing, or something else than was asked for, says so and makes no container. */
@Tag("slow")
class OptionsTest {
    private static final Path BENCH = Path.of(System.getProperty("dragonfab.home"), "tests", "bench")
            .toAbsolutePath().normalize();

    @TempDir
    Path temp;

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--wombat                    | there is no option --wombat",
        "wombat                      | there is no option wombat",
        "--                          | there is no option --",
        "--size 5                    | there is no option --size",
        "--megabytes                 | --megabytes takes a number from 1 to 999999999, not ''",
        "--megabytes=                | --megabytes takes a number from 1 to 999999999, not ''",
        "--megabytes many            | --megabytes takes a number from 1 to 999999999, not 'many'",
        "--short --megabytes 0       | --megabytes takes a number from 1 to 999999999, not '0'",
        "--megabytes=-1              | --megabytes takes a number from 1 to 999999999, not '-1'",
        "--megabytes 5 --short=yes   | --short takes no value"})
    void aWrongOptionOfAShellBenchmarkIsTold(String words, String message) throws Exception {
        assumeTrue(runs("bash", "--version"), "there is no bash");
        for (var name : List.of("state", "repository")) {
            var ran = run(name, words);

            assertEquals(2, ran.exit(), ran.said());
            assertTrue(ran.said().startsWith(name + ": " + message + "\n"), ran.said());
            assertTrue(ran.said().contains("\nusage: tests/bench/" + name + " [--short] [--"), ran.said());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--wombat                     | unrecognized arguments: --wombat",
        "--onl idle                   | unrecognized arguments: --onl idle",
        "--only wombat                | --only wombat: nothing begins so; there is start, idle 1, idle 8, idle 24,"
                + " small 8, big 8, changed 8",
        "--only                       | argument --only: expected one argument",
        "--only idle --only smal-l    | --only smal-l: nothing begins so",
        "--short --only idle8         | --only idle8: nothing begins so; there is start, idle 1, idle 2, small 2,"
                + " big 2, changed 2",
        "--hosts 1,30 --only small-30 | nothing begins so; there is start, idle 1, idle 30, small 8,",
        "--tools wombat               | --tools wombat: nothing begins so; there is dragonfab, ssh, Fabric, pyinfra,"
                + " Ansible, Capistrano",
        "--tools ssh,wombat           | --tools wombat: nothing begins so",
        "--tools ssh,                 | --tools : nothing begins so",
        "--hosts 0                    | argument --hosts: '0' is not made of numbers from 1 to 99",
        "--hosts 1,many               | argument --hosts: '1,many' is not made of numbers",
        "--delay=-1                   | argument --delay: '-1' is not made of numbers",
        "--runs 0                     | argument --runs: '0' is not a number from 1 to 1000",
        "--megabytes 0                | argument --megabytes: '0' is not a number from 1 to 1000",
        "--ours /nowhere              | --ours /nowhere: there is no deb-deploy in it",
        "--json /nowhere/fleet.json   | --json /nowhere/fleet.json: no file can be made there",
        "--short --docs               | --docs: the figures of --short say nothing"})
    void aWrongOptionOfTheFleetIsTold(String words, String message) throws Exception {
        assumeTrue(runs("python3", "--version"), "there is no python3");

        var ran = run("fleet/run", words);

        assertEquals(2, ran.exit(), ran.said());
        assertTrue(ran.said().startsWith("usage: run ") && ran.said().contains(message), ran.said());
    }

    @Test
    void allInShortTakesNoOption() throws Exception {
        var ran = run("short", "--wombat");

        assertEquals(2, ran.exit(), ran.said());
        assertTrue(ran.said().endsWith("usage: tests/bench/short\n"), ran.said());
    }

    private record Ran(int exit, String said) {
    }

    private Ran run(String script, String words) throws IOException, InterruptedException {
        var command = Stream.concat(Stream.of(BENCH.resolve(script).toString()), Arrays.stream(words.split(" +")));
        var said = temp.resolve("said");
        var builder = new ProcessBuilder(command.toList()).directory(temp.toFile()).redirectErrorStream(true)
                .redirectInput(new File("/dev/null")).redirectOutput(said.toFile());
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        builder.environment().put("LC_ALL", "C.UTF-8");
        return new Ran(builder.start().waitFor(), Files.readString(said, StandardCharsets.UTF_8));
    }

    private static boolean runs(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
