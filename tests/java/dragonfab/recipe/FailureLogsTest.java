package dragonfab.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.release.deb.PackageChoice;
import dragonfab.shell.Command;
import dragonfab.target.ScriptedConnector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a failure says beyond the last lines on the screen. */
class FailureLogsTest {
    static final String ANSWER = "p0is0n-of-debconf";
    static final String LOGIN = "p0is0n-of-an-address";

    @TempDir
    Path folder;

    /** Knows the answers, as a deploy does, and installs. */
    @picocli.CommandLine.Command(name = "install")
    private static final class Install extends EnvironmentScript {
        @Override
        protected void steps(Run run) {
            PackageChoice.answers(run);
            run.each(remote -> remote.run("install", Command.of("apt-get", "install", "shop")));
        }
    }

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("answers"), "shop shop/password password " + ANSWER + "\n");
        Files.writeString(folder.resolve("environments.yml"), """
                environments:
                  staging:
                    hosts: app1.test
                    package_name: shop
                    debconf: answers
                    app_env: {DATABASE_URL: 'postgres://shop:%s@db.test/shop'}
                """.formatted(LOGIN));
    }

    @Test
    void theWholeOutputIsInAFileThatTheMessageNames() throws IOException {
        var launch = install(30);

        var log = logs().get(0);
        assertTrue(launch.err().contains("\n  line 30\nlog: " + log + "\n"), launch.err());
        assertFalse(launch.err().contains("line 10\n"), launch.err());
        var text = Files.readString(log);
        assertTrue(text.contains("install: app1.test: install: exit 1\n  command: apt-get install shop\n"), text);
        assertEquals(lines(30).stripTrailing(), text.lines().filter(line -> line.contains("line "))
                .map(String::strip).collect(Collectors.joining("\n")));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(log)));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(log.getParent())));
    }

    @Test
    void noSecretIsInIt() throws IOException {
        var said = "answers " + ANSWER + "\npostgres://shop:" + LOGIN + "@other.test/shop\n" + LOGIN + "\n";
        var launch = install(said + lines(30));

        var text = Files.readString(logs().get(0));
        assertTrue(text.contains("answers ***\n  postgres://shop:***@other.test/shop\n  ***\n"), text);
        for (var secret : List.of(ANSWER, LOGIN)) {
            assertFalse((text + launch.out() + launch.err()).contains(secret), secret);
        }
    }

    @Test
    void whatTheScreenShowsWholeNeedsNone() throws IOException {
        assertFalse(install(20).err().contains("log: "));
        assertFalse(Files.exists(folder.resolve(".dragonfab")));
    }

    @Test
    void onlyTheNewestStay() throws IOException {
        for (int i = 0; i < FailureLogs.MOST + 3; i++) {
            install(lines(30) + "try " + i + "\n");
        }

        assertEquals(FailureLogs.MOST, logs().size());
        assertTrue(Files.readString(logs().get(0)).contains("  try 3\n"));
    }

    @Test
    void theEndOfAnEndlessOutputIsKept() throws IOException {
        install(lines(200_000));

        assertTrue(Files.size(logs().get(0)) < 500_000);
        assertTrue(Files.readString(logs().get(0)).contains("  (of this output, the first "));
        assertTrue(Files.readString(logs().get(0)).endsWith("  line 200000\n"));
    }

    @Test
    void aFolderThatCannotBeWrittenIsNoSecondFailure() throws IOException {
        Files.writeString(folder.resolve(".dragonfab"), "in the way");

        var launch = install(30);

        assertEquals(1, launch.exit());
        assertTrue(launch.err().endsWith("  line 30\n"), launch.err());
    }

    private Launch install(int lines) {
        return install(lines(lines));
    }

    private Launch install(String said) {
        var world = new ScriptedConnector();
        world.at("app1.test").answering("apt-get install shop", 1, said);
        return Launch.of(new Install(), world, "-f", folder.resolve("environments.yml").toString(), "staging");
    }

    private static String lines(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());
    }

    private List<Path> logs() throws IOException {
        try (var all = Files.list(folder.resolve(".dragonfab/logs"))) {
            return all.filter(file -> file.toString().endsWith(".log")).sorted().toList();
        }
    }
}
