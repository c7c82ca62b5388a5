package dragonfab.scripts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.lab.Cli;
import dragonfab.lab.Lab;
import dragonfab.lab.OnContainers;
import dragonfab.recipe.Launch;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The small scripts on a container of their own. */
@OnContainers
class AdHocLabTest {
    private static final String NAME = Lab.PREFIX + "adhoc";
    static final String ENVIRONMENTS = """
            environments:
              lab:
                lxc: %s
                lxc_template: %s
                package_name: nothing-of-that-name
                remote_path: /opt/app
                app_user: daemon
                manage: sh ./manage one
                app_env: {AWKWARD: "'a'\\n\\"b\\"\\n$HOME "}
            """.formatted(NAME, "vanilla");

    @BeforeAll
    static void make() {
        var launch = launch("lxc", "create");
        assertEquals(0, launch.exit(), launch.err());
        assertEquals("unchanged  local: create " + NAME + ": it is there and runs\n1 unchanged\n",
                launch("lxc", "create").out());
    }

    @AfterAll
    static void remove() {
        assertEquals(0, launch("lxc", "remove", "-y").exit());
        assertEquals("unchanged  local: remove " + NAME + ": there is none\n1 unchanged\n",
                launch("lxc", "remove", "-y").out());
    }

    @Test
    void aCommandSpeaksAndEndsAsItDidThere() {
        assertEquals(NAME + "\n", launch("run", "--", "hostname").out());
        assertEquals("<a b><$HOME><it's>\n", launch("run", "--", "printf", "<%s>", "a b", "$HOME", "it's").out());
        assertEquals("daemon\n", launch("run", "--user", "daemon", "--", "id", "-un").out());

        var failed = launch("run", "--", "echo to the side >&2; exit 7");
        assertEquals(1, failed.exit());
        assertEquals("to the side\nrun: " + NAME + ": echo to the side >&2; exit 7: exit 7\n", failed.err());
    }

    @Test
    void ctrlCEndsItWith130() throws Exception {
        var folder = Files.createTempDirectory("dragonfab-adhoc");
        Files.writeString(folder.resolve("environments.yml"), ENVIRONMENTS);
        var client = Cli.in(folder).start("run", "lab", "--", "touch /tmp/begun; sleep 60");
        for (int i = 0; i < 100 && launch("run", "--", "test -e /tmp/begun").exit() != 0; i++) {
            Thread.sleep(50);
        }

        new ProcessBuilder("kill", "-INT", String.valueOf(client.pid())).start().waitFor();

        assertEquals(130, client.waitFor());
    }

    @Test
    void aCommandReadsWhatComesIn() {
        var real = System.in;
        System.setIn(new ByteArrayInputStream("one\ntwo\n".getBytes(StandardCharsets.UTF_8)));
        try {
            assertEquals("2\n", launch("run", "--stdin", "--", "wc", "-l").out());
        } finally {
            System.setIn(real);
        }
    }

    @Test
    void theApplicationsToolHasItsUserFolderAndVariables() {
        launch("run", "--", "mkdir -p /opt/app");
        launch("run", "--", "echo 'id -un; pwd; echo \"$@\"; echo \"$AWKWARD.\"' > /opt/app/manage");

        var launch = launch("manage", "--", "two words", "three");

        assertEquals(0, launch.exit(), launch.err());
        assertEquals("daemon\n/opt/app\none two words three\n'a'\n\"b\"\n$HOME .\n", launch.out());
    }

    @Test
    void theLogsAreThoseOfTheUnit() {
        assertTrue(launch("logs", "--unit", "ssh.service", "--lines", "5").out().contains("Server listening on"));

        var none = launch("logs");
        assertEquals(1, none.exit());
        assertEquals("nothing-of-that-name is not installed here\nlogs: " + NAME + ": logs: exit 1\n", none.err());
    }

    @Test
    void theDoctorFindsAContainerWellAndStartsNoStoppedOne() {
        var well = launch("doctor");
        assertEquals(0, well.exit(), well.out() + well.err());
        assertTrue(line(well, NAME + " clock ok agrees with this machine's"), well.out());

        launch("lxc", "stop");
        var stopped = launch("doctor");
        assertEquals(0, stopped.exit(), stopped.out() + stopped.err());
        assertTrue(line(stopped, NAME + " container warning is stopped jbang lxc@dragonfab lab start"),
                stopped.out());
        assertEquals("unchanged  local: stop " + NAME + ": it is stopped already\n1 unchanged\n",
                launch("lxc", "stop").out());
        assertEquals(0, launch("lxc", "start").exit());
    }

    @Test
    void theDoctorSeesWhoHoldsTheLockOfApt() throws Exception {
        var holder = new Thread(() -> launchAlone("echo $$ > /run/holder; exec python3 -c 'import fcntl, time;"
                + " f = open(\"/var/lib/dpkg/lock-frontend\", \"w\"); fcntl.lockf(f, fcntl.LOCK_EX); time.sleep(20)'"));
        holder.start();
        Thread.sleep(3000);

        var launch = launch("doctor");

        assertTrue(line(launch, NAME + " apt warning python3, process "), launch.out());
        launch("run", "--", "kill $(cat /run/holder)");
        holder.join();
    }

    @Test
    void aSnapshotIsARollback() {
        var taken = launch("lxc", "snapshot", "before the file").out();
        var name = taken.replaceAll("(?s).*the snapshot is (\\S+).*", "$1");
        launch("run", "--", "touch /root/file");
        assertTrue(line(launch("lxc", "list"), name + " 20"), "listed");

        assertEquals(0, launch("lxc", "restore", name, "-y").exit());
        assertEquals(1, launch("run", "--", "test -e /root/file").exit());
        assertEquals(2, launch("lxc", "restore", "nosuch", "-y").exit());
    }

    /** Launch listens to the whole process, so what runs beside it goes by lxc-attach itself. */
    private static void launchAlone(String line) {
        try {
            new ProcessBuilder("lxc-attach", "-n", NAME, "--clear-env", "-v",
                    "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "--", "sh", "-c", line)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
        } catch (java.io.IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean line(Launch launch, String begin) {
        return launch.out().lines().anyMatch(line -> line.replaceAll(" +", " ").startsWith(begin));
    }

    private static Launch launch(String script, String... arguments) {
        var words = new java.util.ArrayList<>(java.util.List.of("lab"));
        words.addAll(java.util.List.of(arguments));
        return Launch.real(ENVIRONMENTS, script, words.toArray(String[]::new));
    }
}
