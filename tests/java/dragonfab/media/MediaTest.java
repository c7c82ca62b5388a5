package dragonfab.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.lab.Cli;
import dragonfab.lab.Lab;
import dragonfab.lab.Login;
import dragonfab.lab.OnContainers;
import dragonfab.shell.Command;
import dragonfab.shell.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Media between containers and an SSH host, with odd names, guards, and deaths in the middle. */
@OnContainers
class MediaTest {
    private static final String FROM = "/srv/media";
    private static final String TO = "/var/lib/app/media";
    private static final String SLOW = "media_limit=4000";

    private static Path folder;
    private static Shell from;
    private static Shell to;

    @BeforeAll
    static void start() throws IOException {
        folder = Files.createTempDirectory("dragonfab-media");
        from = Lab.container("mfrom");
        to = Lab.container("mto");
        Login.in(folder).to("mfrom", from, "deploy ALL=(ALL) NOPASSWD: ALL");
        Files.writeString(folder.resolve("environments.yml"), """
                environments:
                  live: {lxc: %1$smfrom, media: [/srv/media]}
                  far: {hosts: %2$s, ssh_config: ssh_config, media: [/srv/media], app_user: deploy}
                  openssh: {hosts: %2$s, ssh_config: ssh_config, transport: openssh, media: [/srv/media], app_user: deploy}
                  staging:
                    lxc: %1$smto
                    clone_from: live
                    media: [/var/lib/app/media]
                    media_exclude: ["*.tmp"]
                    media_owner: www-data:adm
                  small: {lxc: %1$smto, clone_from: live, media: [/mnt/small]}
                """.formatted(Lab.PREFIX, Lab.address("mfrom")));
    }

    @AfterAll
    static void remove() {
        Lab.remove("mfrom");
        Lab.remove("mto");
    }

    @BeforeEach
    void fill() {
        Lab.run(to, "rm -rf /var/lib/app");
        Lab.run(from, """
                rm -rf /srv/media
                mkdir -p /srv/media/sub/deep
                cd /srv/media
                nl='
                '
                for name in 'a b' "it's" '"q"' "two${nl}lines" 'ü 😀' '-rf' '--delete' '$(id)' '*' \\
                        'back\\slash' ' lead'; do
                    printf '%s' "$name" > "./sub/$name"
                done
                head -c 3000000 /dev/urandom > sub/deep/random.bin
                chmod 0640 sub/deep/random.bin
                touch -d '2001-02-03 04:05:06' sub/deep/random.bin
                ln -s /etc/shadow sub/out
                echo no > sub/not.tmp
                """);
    }

    private static Cli.Ran refresh(String... words) {
        return Cli.in(folder).run("data-refresh", words);
    }

    private static void well(Cli.Ran ran) {
        assertEquals(0, ran.exit(), ran.toString());
    }

    private static String sums(Shell shell, String place) {
        return shell.read(Command.script("cd \"$1\" && find . -type f ! -name '*.tmp' -exec sha256sum {} + | sort",
                place).asRoot());
    }

    private static void same() {
        assertEquals(sums(from, FROM), sums(to, TO));
        assertEquals("", to.read(Command.script("find \"$1\" -name '.dragonfab*'", TO).asRoot()));
    }

    @Test
    void allNamesArriveWithTheirModesAndTimesAndTheDeclaredOwner() {
        well(refresh("staging"));

        same();
        assertEquals("", to.read(Command.script("find \"$1\" ! \\( -user www-data -group adm \\)", TO).asRoot()));
        assertEquals("640 981173106", to.read(Command.of("stat", "-c", "%a %Y", TO + "/sub/deep/random.bin").asRoot()));
        assertEquals("/etc/shadow", to.read(Command.of("readlink", TO + "/sub/out").asRoot()));
        assertFalse(to.ask(Command.of("test", "-e", TO + "/sub/not.tmp").asRoot()).ok());
    }

    @Test
    void theSecondRunFindsNothingToDo() {
        well(refresh("staging"));
        var second = refresh("staging");

        well(second);
        assertTrue(second.out().startsWith("unchanged  "), second.toString());
        assertTrue(refresh("staging", "-n").out().startsWith("unchanged  "));
    }

    @Test
    void aDryRunListsAndMakesNothing() {
        var dry = refresh("staging", "-n");

        well(dry);
        assertTrue(dry.out().contains("sub/ü 😀\n") && dry.out().contains("sub/two\\#012lines\n"), dry.toString());
        assertFalse(dry.out().contains("not.tmp"), dry.toString());
        assertFalse(to.ask(Command.of("test", "-e", "/var/lib/app").asRoot()).ok());
    }

    @Test
    void deletionsAreCountedFirstAndExcludedFilesStay() {
        well(refresh("staging"));
        Lab.run(to, "cd \"$1\"; touch extra1 extra2 mine.tmp; echo older > 'sub/a b'", TO);

        well(refresh("staging"));
        assertEquals("extra1 extra2 mine.tmp sub", to.read(Command.script("cd \"$1\"; echo *", TO).asRoot()));
        var refused = refresh("staging", "--delete", "--max-delete", "1");
        assertEquals(3, refused.exit(), refused.toString());
        assertTrue(refused.err().contains("files to be deleted: 2, and --max-delete is 1"), refused.toString());
        assertEquals("extra1 extra2 mine.tmp sub", to.read(Command.script("cd \"$1\"; echo *", TO).asRoot()));
        well(refresh("staging", "--delete", "--max-delete", "2"));
        assertEquals("mine.tmp sub", to.read(Command.script("cd \"$1\"; echo *", TO).asRoot()));
        same();
    }

    @Test
    void anEmptySourceNeverEmptiesTheTarget() {
        well(refresh("staging"));
        var before = sums(to, TO);
        Lab.run(from, "rm -rf /srv/media; mkdir -p /srv/media/sub");

        assertEquals(3, refresh("staging", "--delete", "--max-delete", "1000").exit());
        Lab.run(from, "rm -rf /srv/media");
        assertEquals(3, refresh("staging").exit());
        assertEquals(before, sums(to, TO));
    }

    @ParameterizedTest
    @ValueSource(strings = {"far", "openssh"})
    void anSshHostGivesToAContainerAndTakesFromIt(String far) {
        well(refresh("staging", "--from", far));
        same();

        Lab.run(to, "echo back > \"$1/sub/back\"; rm -rf /srv/media", TO);
        well(refresh(far, "--from", "staging"));
        assertEquals("deploy back", from.read(Command.script("cd /srv/media/sub; stat -c %U back; cat back").asRoot())
                .replace('\n', ' '));
        assertEquals(sums(from, FROM), sums(to, TO));
    }

    @Test
    void aContainerThatIsStoppedIsNotStarted() {
        Lab.HERE.read(Command.of("lxc-stop", "-k", "-n", Lab.PREFIX + "mfrom").asRoot());
        try {
            var ran = refresh("staging");

            assertEquals(1, ran.exit(), ran.toString());
            assertTrue(ran.err().contains("mfrom is STOPPED"), ran.toString());
        } finally {
            Lab.HERE.read(Command.of("lxc-start", "-n", Lab.PREFIX + "mfrom").asRoot());
            from.read(Command.script("sleep 2"));
        }
    }

    @Test
    void aFullDiskIsSaidAndTheOldFilesAreWhole() {
        Lab.run(to, "mkdir -p /mnt/small; mount -t tmpfs -o size=2m none /mnt/small; mkdir -p /mnt/small/sub/deep;"
                + "echo old > /mnt/small/sub/deep/random.bin");
        try {
            var full = refresh("small");

            assertEquals(1, full.exit(), full.toString());
            assertTrue(full.err().contains("rsync ended with 11") && full.err().contains("No space left"),
                    full.toString());
            assertEquals("old", to.read(Command.of("cat", "/mnt/small/sub/deep/random.bin").asRoot()));
            assertEquals("", to.read(Command.script("find /mnt/small -name '.dragonfab*'").asRoot()));
        } finally {
            Lab.run(to, "umount /mnt/small");
        }
    }

    @Test
    void intoAnEmptyFolderAllFilesComeTogether() throws Exception {
        Lab.run(from, "head -c 20000000 /dev/urandom > /srv/media/big.bin; chown 4711:4711 /srv/media;"
                + "chmod 0751 /srv/media; touch -d '2001-02-03 04:05:06' /srv/media");
        Lab.run(to, "mkdir -p \"$1\"", TO);
        var process = Cli.in(folder).start("data-refresh", "staging", "--set", SLOW);
        await("find " + TO + " -path '*/tree/big.bin' -size +5000000c | grep .");

        assertEquals("", to.read(Command.script(
                "find \"$1\" -name .dragonfab-arriving -prune -o ! -type d -print", TO).asRoot()));
        assertEquals("700 0:0", to.read(Command.of("stat", "-c", "%a %u:%g", TO + "/.dragonfab-arriving").asRoot()));
        assertTrue(process.waitFor(30, java.util.concurrent.TimeUnit.SECONDS));
        assertEquals(0, process.exitValue());
        same();
        assertEquals("751 www-data:adm 981173106", to.read(Command.of("stat", "-c", "%a %U:%G %Y", TO).asRoot()));
    }

    @Test
    void aFileThatComesMeanwhileStays() throws Exception {
        Lab.run(from, "head -c 20000000 /dev/urandom > /srv/media/big.bin");
        var process = Cli.in(folder).start("data-refresh", "staging", "--set", SLOW);
        await("find " + TO + " -path '*/tree/big.bin' -size +5000000c | grep .");
        Lab.run(to, "mkdir \"$1/sub\"; echo mine > \"$1/sub/uploaded\"; echo older > \"$1/sub/a b\"", TO);

        assertTrue(process.waitFor(30, java.util.concurrent.TimeUnit.SECONDS));
        assertEquals(0, process.exitValue());
        assertEquals("mine", to.read(Command.of("cat", TO + "/sub/uploaded").asRoot()));
        assertEquals("www-data:adm", to.read(Command.of("stat", "-c", "%U:%G", TO).asRoot()));
        Lab.run(to, "rm \"$1/sub/uploaded\"", TO);
        same();
    }

    @Test
    void nobodyLeadsUsElsewhere() {
        Lab.run(to, """
                mkdir -p "$1" /srv/elsewhere/tree
                touch /srv/elsewhere/mine /srv/elsewhere/tree/mine
                ln -s /srv/elsewhere "$1/.dragonfab-arriving"
                """, TO);
        well(refresh("staging"));
        same();
        Lab.run(to, """
                rm -r "$1"
                mkdir -p "$1/.dragonfab-arriving"
                ln -s /srv/elsewhere/tree "$1/.dragonfab-arriving/tree"
                chown -R www-data "$1"
                """, TO);
        well(refresh("staging"));
        same();
        assertEquals("0 0", to.read(Command.of("stat", "-c", "%u", "/srv/elsewhere/mine", "/srv/elsewhere/tree/mine"))
                .replace('\n', ' '));
    }

    @Test
    void oneFileThatCannotBeReadKeepsNoOtherBack() {
        Lab.run(from, """
                touch /srv/media/bad
                mount --bind "$(find /sys -maxdepth 5 -type f -perm 0200 -size +0 2>/dev/null | head -n 1)" /srv/media/bad
                """);
        try {
            var ran = refresh("staging");

            assertEquals(1, ran.exit(), ran.toString());
            assertTrue(ran.err().contains("rsync ended with 23"), ran.toString());
        } finally {
            Lab.run(from, "umount /srv/media/bad; rm /srv/media/bad");
        }
        same();
    }

    /** @param old whether something is in the folder already */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void hardLinksHolesAndNamesOfAnyBytesStaySo(boolean old) {
        Lab.run(to, "mkdir -p \"$1\"; [ \"$2\" = false ] || touch \"$1/old\"", TO, old);
        Lab.run(from, """
                cd /srv/media
                echo x > linked; ln linked sub/linked-too
                truncate -s 300M sparse; printf end >> sparse
                touch "$(printf 'caf\\351.jpg')" "$(head -c 255 /dev/zero | tr '\\0' n)"
                mkfifo pipe
                """);

        var first = refresh("staging");

        well(first);
        assertTrue(first.out().contains("stay behind, being neither files nor links: pipe\n"), first.toString());

        Lab.run(to, "rm -f \"$1/old\"", TO);
        same();
        assertEquals("2 t f", to.read(Command.script("""
                cd "$1"
                [ linked -ef sub/linked-too ] && same=t
                [ -e pipe ] || pipe=f
                echo "$(stat -c %h linked) ${same:-f} ${pipe:-t}"
                """, TO).asRoot()));
        var kept = Long.parseLong(to.read(Command.of("stat", "-c", "%b", TO + "/sparse").asRoot()).strip());
        assertTrue(kept < 20_000, kept + " blocks of 512 bytes");
        if (old) {
            // Its folder has another time since that went.
            well(refresh("staging"));
        }
        assertTrue(refresh("staging").out().startsWith("unchanged  "));
    }

    @Test
    void aLinkToTheFolderIsTheFolder() {
        Lab.run(to, "mkdir -p /srv/behind; rm -rf /srv/behind/..?* /srv/behind/.[!.]* /srv/behind/*;"
                + "mkdir -p \"${1%/*}\"; ln -s /srv/behind \"$1\"", TO);
        well(refresh("staging"));
        assertEquals(sums(from, FROM), sums(to, "/srv/behind"));
        assertTrue(refresh("staging").out().startsWith("unchanged  "));
    }

    @Test
    void whatTheSourceLostSinceTheCutDoesNotCome() throws Exception {
        Lab.run(from, "head -c 20000000 /dev/urandom > /srv/media/big.bin; echo x > /srv/media/at-first;"
                + "echo x > /srv/media/a.tmpl");
        var process = Cli.in(folder).start("data-refresh", "staging", "--set", SLOW);
        await("find " + TO + " -path '*/tree/big.bin' -size +5000000c | grep .");
        process.destroyForcibly();
        await("! pgrep -x rsync");
        Lab.run(from, "rm /srv/media/at-first");

        well(refresh("staging", "--set", "media_exclude=[\"*.tmp\", \"*.tmpl\"]"));
        Lab.run(from, "rm /srv/media/a.tmpl");
        same();
    }

    @Test
    void aFullDiskLeavesAnEmptyFolderEmpty() {
        Lab.run(to, "mkdir -p /mnt/small; mount -t tmpfs -o size=2m none /mnt/small");
        try {
            var full = refresh("small");

            assertEquals(1, full.exit(), full.toString());
            assertTrue(full.err().contains("rsync ended with 11") && full.err().contains("No space left"),
                    full.toString());
            assertEquals("", to.read(Command.of("ls", "-A", "/mnt/small").asRoot()));
        } finally {
            Lab.run(to, "umount /mnt/small");
        }
    }

    /** @param old what is in the file at first; empty when the folder is */
    @ParameterizedTest
    @CsvSource({"us, ''", "giver, ''", "taker, ''", "takers, ''", "far us, ''", "far giver, ''", "openssh us, ''",
        "us, old", "giver, old", "taker, old", "takers, old", "far us, old", "far giver, old", "openssh us, old"})
    void afterADeathInTheMiddleTheNextRunGoesOn(String who, String old) throws Exception {
        Lab.run(from, "head -c 40000000 /dev/urandom > /srv/media/big.bin");
        Lab.run(to, "mkdir -p \"$1\"; [ -z \"$2\" ] || echo \"$2\" > \"$1/big.bin\"", TO, old);
        var source = who.contains(" ") ? who.split(" ")[0] : "live";
        var process = Cli.in(folder).start("data-refresh", "staging", "--from", source, "--set", SLOW);
        await("find " + TO + " -size +5000000c | grep .");

        if (who.endsWith("us")) {
            process.destroyForcibly();
        } else if (who.endsWith("giver")) {
            Lab.run(from, "pkill -KILL -x rsync");
        } else {
            Lab.run(to, who.equals("taker") ? "pkill -KILL -o -x rsync" : "pkill -KILL -x rsync");
        }
        assertTrue(process.waitFor(30, java.util.concurrent.TimeUnit.SECONDS));
        assertNotEquals(0, process.exitValue());
        await("! pgrep -x rsync");
        assertEquals(old, to.read(Command.script("cat \"$1/big.bin\" 2>/dev/null || true", TO).asRoot()));

        well(refresh("staging", "--from", source));
        same();
        assertFalse(from.ask(Command.of("pgrep", "-x", "rsync")).ok(), "an rsync is left behind");
    }

    @ParameterizedTest
    @ValueSource(strings = {".dragonfab-partial", ".dragonfab-arriving/tree"})
    void whatCameBeforeTheCutDoesNotTravelAgain(String waiting) throws Exception {
        Lab.run(from, "head -c 40000000 /dev/urandom > /srv/media/big.bin");
        if (waiting.equals(".dragonfab-partial")) {
            Lab.run(to, "mkdir -p \"$1\"; touch \"$1/old\"", TO);
        }
        var process = Cli.in(folder).start("data-refresh", "staging", "--set", SLOW);
        await("find " + TO + " -size +20000000c | grep .");
        process.destroyForcibly();
        await("! pgrep -x rsync && find " + TO + " -path '*/" + waiting + "/big.bin' -size +15000000c | grep .");
        Lab.run(to, "rm -f \"$1/old\"", TO);

        long began = System.nanoTime();
        var again = refresh("staging", "--set", SLOW);
        double seconds = (System.nanoTime() - began) / 1e9;

        well(again);
        assertTrue(again.out().startsWith("changed  "), again.toString());

        same();
        assertTrue(seconds < 9, "took " + seconds + " s, as if all 40 MB had come at 4 MB a second");
    }

    private static void await(String condition) throws InterruptedException {
        for (int i = 0; i < 120; i++) {
            if (to.ask(Command.script(condition).asRoot()).ok()) {
                return;
            }
            Thread.sleep(250);
        }
        throw new AssertionError("never came: " + condition);
    }
}
