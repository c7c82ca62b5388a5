package dragonfab.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.shell.Command;
import dragonfab.shell.Input;
import dragonfab.shell.LocalShell;
import dragonfab.shell.Plain;
import dragonfab.shell.Result;
import dragonfab.shell.ShellScript;
import dragonfab.state.ReleaseOutcome;
import dragonfab.state.RollbackPlan;
import dragonfab.state.RollbackWatch;
import dragonfab.state.TargetFacts;
import dragonfab.state.TargetState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is armed on a target is taken there by itself, and leaves nothing; systemd is played by this test. */
@Timeout(60)
class RollbackArmTest {
    private static final String INSTANT = "\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ\"";

    @TempDir
    Path here;

    private Path folder;
    private Path units;
    private Path systemd;
    private Process holder;

    @BeforeEach
    void theLockIsHeld() throws IOException {
        folder = Files.createDirectories(here.resolve("app"));
        units = Files.createDirectories(here.resolve("units"));
        systemd = here.resolve("systemd");
        Files.writeString(folder.resolve("owner"), "{\"id\":\"run-1\"}\n");
        program("systemctl", "echo \"$*\" >> " + here + "/told\n");
        program("systemd-escape", "echo \"$1\"\n");
        holder = new ProcessBuilder("flock", folder + "/lock", "sh", "-c", "echo held; exec cat").start();
        assertEquals('h', holder.getInputStream().read());
    }

    @AfterEach
    void letGo() throws IOException, InterruptedException {
        holder.getOutputStream().close();
        holder.waitFor();
    }

    /** The clock of this machine may be set at any time. */
    static long secondsSinceBoot() throws IOException {
        return (long) Double.parseDouble(Files.readString(Path.of("/proc/uptime")).split(" ")[0]);
    }

    @Test
    void itWaitsWhileItsRunLives() throws IOException {
        assertTrue(arm("touch " + here + "/went").ok());

        assertEquals(0, tick());
        assertEquals("run-1\n", back("armed"));
        assertEquals("600\n", back("seconds"));
        assertTrue(Long.parseLong(back("deadline").strip()) > secondsSinceBoot() + 500);
        assertFalse(Files.exists(here.resolve("went")));
    }

    /** A machine that slept meanwhile must not begin what nobody would end. */
    @Test
    void nothingIsBegunWithoutTheLock() throws Exception {
        assertTrue(run(new TargetState("app").intent("run-1", "{}")).ok());
        letGo();

        assertEquals(75, run(new TargetState("app").intent("run-1", "{}")).ended().code());
        assertEquals("{}\n", Files.readString(folder.resolve("journal")));
    }

    @Test
    void itIsTakenWhenItsRunIsGone() throws Exception {
        arm("touch " + here + "/went");
        letGo();

        assertEquals(0, tick());
        assertTrue(Files.exists(here.resolve("went")));
        assertEquals("""
                {"id":"run-1","at":AT,"event":"rollback","state":"begun"}
                {"id":"run-1","at":AT,"event":"outcome","outcome":"rolled back"}
                """, journal());
        assertFalse(Files.exists(folder.resolve("rollback/armed")));
        assertFalse(Files.exists(folder.resolve("owner")));
    }

    @Test
    void itIsTakenWhenItsRunWasNotHeardOfForLong() throws IOException {
        arm("true");
        Files.writeString(folder.resolve("rollback/deadline"), "0\n");

        assertEquals(0, tick());
        assertFalse(Files.exists(folder.resolve("rollback/armed")));
    }

    @Test
    void whatFailsIsTriedAgainAndBelievedByItsOutcome() throws Exception {
        arm("test -e " + here + "/well");
        letGo();

        assertEquals(1, tick());
        assertEquals("1\n", back("tries"));
        assertTrue(journal().endsWith("\"event\":\"rollback\",\"state\":\"failed\"}\n"), journal());
        Files.createFile(here.resolve("well"));
        assertEquals(0, tick());
        assertTrue(journal().endsWith("\"outcome\":\"rolled back\"}\n"), journal());
    }

    /** Somebody else's release is told from none that can be asked about, and from a full disk. */
    @Test
    void whatCannotBeComparedIsNotChangedByHand() throws Exception {
        arm("test -e " + here + "/well", "cat " + here + "/there");
        letGo();
        Files.writeString(here.resolve("there"), "1.0\n");
        Files.createSymbolicLink(folder.resolve("rollback/seen.new"), Path.of("/dev/full"));
        assertEquals(1, tick());
        assertFalse(Files.exists(folder.resolve("rollback/seen"), LinkOption.NOFOLLOW_LINKS));
        assertEquals(1, tick());
        assertEquals("1.0\n", back("seen"));

        Files.delete(here.resolve("there"));
        Files.createFile(here.resolve("well"));
        assertEquals(0, tick());

        assertTrue(journal().endsWith("\"outcome\":\"rolled back\"}\n"), journal());
    }

    @Test
    void whatSomebodyPutThereSinceStays() throws Exception {
        arm("false", "cat " + here + "/there");
        letGo();
        Files.writeString(here.resolve("there"), "1.0\n");
        assertEquals(1, tick());
        Files.writeString(here.resolve("there"), "2.0\n");

        assertEquals(0, tick());

        assertTrue(journal().contains("given up: changed by hand"), journal());
    }

    @Test
    void halfALineOfTheJournalSwallowsNoOutcome() throws Exception {
        Files.writeString(folder.resolve("journal"), "{\"eve");
        arm("true");
        letGo();

        tick();
        assertTrue(journal().startsWith("{\"eve\n{\"id\":\"run-1\""), journal());
    }

    @Test
    void whatIsConfirmedIsNotTaken() throws Exception {
        arm("touch " + here + "/went");

        assertTrue(run(ShellScript.after(List.of("state/lock/ours", "state/rollback/armed", "state/journal/line"),
                "state/rollback/confirm", folder, "run-1", "{\"event\":\"outcome\"}")).ok());
        letGo();
        assertEquals(0, tick());
        assertFalse(Files.exists(here.resolve("went")));
        assertEquals("{\"event\":\"outcome\"}\n", journal());
    }

    @Test
    void armingAgainReplacesWhatIsDoneAndKeepsHowVisitorsSawTheSite() throws IOException {
        Files.createFile(folder.resolve("maintenance.on"));
        arm("true");
        Files.delete(folder.resolve("maintenance.on"));

        arm("false");
        assertEquals("sh -c false sh\n", back("line"));
        assertTrue(Files.exists(folder.resolve("rollback/site/maintenance.on")));
    }

    @Test
    void anotherRunArmsNothing() throws IOException {
        Files.writeString(folder.resolve("owner"), "{\"id\":\"run-2\"}\n");

        assertEquals(75, arm("true").ended().code());
        assertFalse(Files.exists(folder.resolve("rollback/armed")));
    }

    @Test
    void aTimerOfSystemdWatchesOverItUntilItIsOver() throws Exception {
        Files.createDirectory(systemd);
        arm("true");

        assertEquals("""
                [Unit]
                Description=Rolls back an unfinished deploy of app
                [Service]
                Type=oneshot
                KillMode=process
                ExecStart=/bin/sh FOLDER/rollback/tick FOLDER
                """.replace("FOLDER", folder.toString()), Files.readString(unit("service")));
        assertEquals("""
                [Unit]
                Description=Watches over an unfinished deploy of app
                [Timer]
                OnActiveSec=10s
                OnBootSec=10s
                OnUnitInactiveSec=5s
                AccuracySec=1s
                [Install]
                WantedBy=timers.target
                """, Files.readString(unit("timer")));
        var wanted = units.resolve("timers.target.wants/dragonfab-rollback-app.timer");
        assertEquals(unit("timer"), Files.readSymbolicLink(wanted));
        letGo();
        tick();
        assertFalse(Files.exists(unit("service")));
        assertFalse(Files.exists(unit("timer")));
        assertFalse(Files.isSymbolicLink(wanted));
        assertEquals("""
                start dragonfab-rollback-app.timer
                stop dragonfab-rollback-app.timer
                list-units --all --plain --no-legend dragonfab-rollback-app.*
                """, Files.readString(here.resolve("told")));
    }

    @Test
    void aStepWritesItsOwnEndDownAndGivesItMoreTime() throws IOException {
        arm("true");
        Files.writeString(folder.resolve("rollback/deadline"), "0\n");

        var answer = run(
                TargetState.stepping(folder.toString(), "run-1", "say \"it\"", "cat; exit 7", Duration.ofSeconds(60))
                        .reading(Input.of("what it reads\n")));
        assertEquals(7, answer.ended().code());
        assertEquals("what it reads\n", answer.out());
        assertEquals("""
                {"event":"step","id":"run-1","at":AT,"title":"say \\"it\\"","state":"begun"}
                {"event":"step","id":"run-1","at":AT,"title":"say \\"it\\"","state":"ended","code":7}
                """, journal());
        assertFalse(Files.exists(folder.resolve("step/input")));
        assertTrue(Long.parseLong(back("deadline").strip()) >= 600);
    }

    @Test
    void whatAnInstallationOfBeforeHasArmedIsExecutedByItsOwnTexts() throws Exception {
        var before = Files.createDirectories(folder.resolve("way-back"));
        Files.writeString(before.resolve("armed"), "run-0\n");
        Files.writeString(before.resolve("go"), "echo went >> \"$1/went\"; sh \"$1/way-back/disarm\" \"$1\"\n");
        Files.writeString(before.resolve("disarm"), "rm \"$1/way-back/armed\"\n");

        assertEquals(0, heal());
        assertEquals("went\n", Files.readString(folder.resolve("went")));
        assertEquals(0, heal());
        assertEquals("went\n", Files.readString(folder.resolve("went")));
    }

    @Test
    void factsTellWhatIsArmedAlsoByAnInstallationOfBefore() throws IOException {
        assertFalse(facts().armed());
        Files.writeString(Files.createDirectories(folder.resolve("way-back")).resolve("armed"), "run-0\n");
        assertTrue(facts().armed());
        Files.delete(folder.resolve("way-back/armed"));
        arm("true");
        assertTrue(facts().armed());
    }

    private TargetFacts facts() {
        return TargetFacts.of(run(new TargetState("app").facts()).out().lines().toList());
    }

    @Test
    void oneOfBeforeThatFailsStaysArmedAndIsAFailure() throws Exception {
        var before = Files.createDirectories(folder.resolve("way-back"));
        Files.writeString(before.resolve("armed"), "run-0\n");
        Files.writeString(before.resolve("go"), "exit 1\n");

        assertEquals(1, heal());
        assertTrue(Files.exists(before.resolve("armed")));
    }

    @Test
    void healExecutesWhatIsArmed() throws Exception {
        arm("touch " + here + "/went");
        letGo();

        assertEquals(0, heal());
        assertTrue(Files.exists(here.resolve("went")));
        assertFalse(Files.exists(folder.resolve("rollback/armed")));
    }

    private int heal() {
        return run(ShellScript.of("state/rollback/heal", folder)).ended().code();
    }

    private Result arm(String line) {
        var back = new RollbackPlan(List.of(Command.script(line)), ReleaseOutcome.ROLLED_BACK, Duration.ofMinutes(10));
        return run(back.arm(folder.toString(), "run-1"));
    }

    private Result arm(String line, String fingerprint) {
        var watch = new RollbackWatch(Command.script(fingerprint), Command.of("true"));
        var back = new RollbackPlan(List.of(Command.script(line)), ReleaseOutcome.ROLLED_BACK, Duration.ofMinutes(10),
                watch);
        return run(back.arm(folder.toString(), "run-1"));
    }

    private int tick() {
        return run(Command.of("sh", folder + "/rollback/tick", folder)).ended().code();
    }

    /** With the folders and programs of this test in place of systemd's. */
    private Result run(Command command) {
        var words = command.words().stream().map(word -> word instanceof Plain plain
                ? plain.value().replace("/run/systemd/system", systemd.toString())
                        .replace("/var/lib/dragonfab/app", folder.toString())
                        .replace("/var/lib/dragonfab", here.toString())
                        .replace("/etc/systemd/system", units.toString())
                : word).toArray();
        return new LocalShell(here, null).ask(Command.of("env", "PATH=" + here + ":" + System.getenv("PATH"))
                .with(words).reading(command.input()));
    }

    private void program(String name, String text) throws IOException {
        var file = Files.writeString(here.resolve(name), "#!/bin/sh\n" + text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Path unit(String kind) {
        return units.resolve("dragonfab-rollback-app." + kind);
    }

    private String back(String file) throws IOException {
        return Files.readString(folder.resolve("rollback").resolve(file));
    }

    private String journal() throws IOException {
        return Files.readString(folder.resolve("journal")).replaceAll(INSTANT, "AT");
    }
}
