package dragonfab.release.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A deploy of a kind from outside, at its command line: none of what a deploy does is a package's. */
class FilesDeployTest {
    private static final String SWITCH = "[root] step /var/lib/dragonfab/app ID 'switch to app 1.1' 'files-switch app ";

    @TempDir
    Path folder;

    FilesTarget target;

    @BeforeEach
    void start() throws IOException {
        target = new FilesTarget(folder);
    }

    @Test
    void bringsSwitchesProvesAndWritesDown() {
        target.asUsual().thenRunning("1.1");

        var launch = target.run("files-deploy");

        assertEquals("""
                changed    app.test: upload app_1.1.tar
                changed    app.test: unpack app_1.1.tar
                changed    app.test: switch to app 1.1
                unchanged  app.test: see that the services of app run
                3 changed, 1 unchanged
                """, launch.out() + launch.err());
        assertEquals(0, launch.exit());
        assertEquals("""
                $ [root] file-take /srv/app/incoming/app_1.1.tar SUM whole
                  < file app_1.1.tar
                $ [root] step /var/lib/dragonfab/app ID 'unpack app_1.1.tar' 'files-unpack app b \
                /srv/app/incoming/app_1.1.tar SUM app_1.1.tar-SHORT 1.1'
                $ [root] rollback-arm /var/lib/dragonfab/app ID 2400 'rolled back' 'files-switch app NOW &&
                maintenance-restore app nginx /var/lib/dragonfab/app/rollback/site' 'files-running app' 'files-services app'
                $ [root] journal-intent /var/lib/dragonfab/app ID intent "version":"1.1"
                $ [root] step /var/lib/dragonfab/app ID 'switch to app 1.1' 'files-switch app SUM'
                $ [root] rollback-confirm /var/lib/dragonfab/app ID outcome "outcome":"deployed"
                """, target.changes());
    }

    @Test
    void hasNothingToDoWhereTheSameRuns() {
        target.saying(FilesTarget.kept("b", target.coming, "1.1") + "running 1.1\ncurrent b\n"
                + FilesTarget.entry("1", "deploy", "1.1", target.coming, "done"));

        var launch = target.run("files-deploy");

        assertEquals("""
                unchanged  app.test: upload app_1.1.tar: it is there already
                unchanged  app.test: switch to app 1.1: it runs already
                unchanged  app.test: see that the services of app run
                3 unchanged
                """, launch.out() + launch.err());
        assertEquals("", target.changes());
    }

    /** Of two builds of one version, the one that runs is not the other. */
    @Test
    void anotherBuildOfTheVersionThatRunsIsAnotherRelease() {
        target.saying(FilesTarget.kept("a", FilesTarget.NOW, "1.1") + "running 1.1\ncurrent a\n"
                + FilesTarget.entry("1", "deploy", "1.1", FilesTarget.NOW, "done")).thenRunning("1.1");

        assertEquals(0, target.run("files-deploy").exit());
        assertTrue(target.changes().contains("$ " + SWITCH + "SUM'\n"), target.changes());
        assertTrue(target.changes().contains("'files-switch app NOW &&\n"), target.changes());
    }

    @Test
    void whatFailsGoesBackToTheDirectoryBefore() {
        target.asUsual().thenRunning("1.0");
        target.at().answering(SWITCH + target.coming + "'", 1, "", "Job for app.service failed\n");

        var launch = target.run("files-deploy");

        assertEquals(1, launch.exit());
        assertEquals("""
                files-deploy: app.test: switch to app 1.1: exit 1
                  command: [root] files-switch app SUM
                  Job for app.service failed
                """, launch.err().replace(target.coming, "SUM"));
        assertTrue(launch.out().contains("changed    app.test: go back to app 1.0\n"), launch.out());
        assertTrue(target.changes().contains("'sh /var/lib/dragonfab/app/rollback/go /var/lib/dragonfab/app'"),
                target.changes());
    }

    @Test
    void theLinkIsAskedWhetherItDidAsItWasTold() {
        target.asUsual().thenRunning("1.0");

        var launch = target.run("files-deploy");

        assertEquals(1, launch.exit());
        assertTrue(launch.err().contains("app.test: the link has app 1.0 and not 1.1\n"), launch.err());
    }

    @Test
    void whatNobodyCouldGoBackToIsNotReplaced() {
        target.saying(FilesTarget.kept("a", FilesTarget.NOW, "1.0") + "running 1.0\ncurrent a\n");

        var launch = target.run("files-deploy");

        assertEquals(3, launch.exit());
        assertTrue(launch.err().contains("app 1.0 was not installed by us: it cannot be brought back"), launch.err());
    }

    @Test
    void aDryRunChangesNothing() {
        target.asUsual();

        assertEquals(0, target.run("files-deploy", "-n").exit());
        assertEquals("", target.changes());
    }

    /** The half one may be the older release, which is gone then, and never the one that runs. */
    @Test
    void aHalfDirectoryIsRemovedFirst() {
        var whole = FilesTarget.kept("a", FilesTarget.NOW, "1.0") + "running 1.0\ncurrent a\n"
                + FilesTarget.entry("2", "deploy", "1.0", FilesTarget.NOW, "done");
        target.saying(whole + "unfinished yes\n").saying(whole);

        var launch = target.run("heal");

        assertEquals(0, launch.exit(), launch.err());
        assertEquals("$ [root] step /var/lib/dragonfab/app ID 'remove what an interrupted deploy left half'"
                + " 'files-repair app'\n", target.changes());
    }

    @Test
    void whatADeployBroughtBeforeItWasCutOffIsNotBroughtAgain() {
        target.saying(FilesTarget.kept("a", FilesTarget.NOW, "1.0") + FilesTarget.kept("b", target.coming, "1.1")
                + "running 1.0\ncurrent a\n" + FilesTarget.entry("2", "deploy", "1.0", FilesTarget.NOW, "done"))
                .thenRunning("1.1");

        var launch = target.run("files-deploy");

        assertEquals(0, launch.exit(), launch.err());
        assertTrue(launch.out().startsWith("unchanged  app.test: upload app_1.1.tar: it is there already\n"
                + "changed    app.test: switch to app 1.1\n"), launch.out());
    }

    @Test
    void oneThatWasLeftOffIsFinishedWithTheSameFile() throws IOException {
        target.saying(FilesTarget.kept("a", FilesTarget.NOW, "1.0") + "running 1.0\ncurrent a\n"
                + FilesTarget.entry("2", "deploy", "1.0", FilesTarget.NOW, "done")
                + FilesTarget.entry("3", "deploy", "1.1", target.coming, "rolled back")).thenRunning("1.1");
        Files.writeString(folder.resolve("app_1.2.tar"), "a later release");

        var launch = target.run("files-deploy", "--resume");

        assertEquals(0, launch.exit(), launch.err());
        assertTrue(launch.out().startsWith("note       staging: app 1.1 is left for app.test\n"), launch.out());
        assertTrue(target.changes().contains("$ " + SWITCH + "SUM'\n"), target.changes());

        Files.writeString(folder.resolve("app_1.1.tar"), "built again, and another");
        var gone = target.run("files-deploy", "--resume");
        assertEquals(3, gone.exit());
        assertTrue(gone.err().contains("1.1, which was left off, is no longer in "), gone.err());
    }

    /** With two directories there is never more to keep than they hold; fewer can be wanted. */
    @Test
    void aDirectoryThatNoReleaseWithinReachNeedsIsRemoved() {
        target.asUsual().thenRunning("1.1").keys = ", keep_releases: 1";
        target.at().answering("[root] files-prune app " + FilesTarget.artifact("1.1", target.coming), "app_1.0.tar\n");

        assertEquals(0, target.run("files-deploy").exit());
        assertTrue(target.changes().endsWith("$ [root] files-prune app app_1.1.tar-SHORT\n"), target.changes());
    }

    @Test
    void theMigrationRunsFromWhatWasBroughtBeforeItRuns() {
        target.asUsual().thenRunning("1.1").keys = ", remote_path: /srv/app/current, app_user: root,"
                + " db_migrate: ./migrate, db_migrate_pending: ./pending, site_name: app.test";
        var notice = "notice {\"since\":\"2026-01-01T00:00:00Z\",\"by\":\"me\",\"message\":\"\"}\n";
        seen("", "live").seen(notice, "maintenance").seen(notice, "maintenance").seen("", "live");
        target.at().answering("[root] app-command - /srv/app/b ./pending", "to schema 2\n");

        var launch = target.run("files-deploy", "--closed");

        assertEquals(0, launch.exit(), launch.err());
        var steps = target.changes().lines().filter(line -> line.startsWith("$"))
                .map(line -> line.replaceAll("^\\$ \\[root\\] (\\S+) (/var/lib/dragonfab/)?app", "$1")
                        .replaceAll(" +", " "))
                .toList();
        assertEquals("""
                rollback-arm ID 2400 'rolled back' 'files-switch app NOW &&
                maintenance-rules
                maintenance-close
                file-take /srv/app/incoming/app_1.1.tar SUM whole
                step ID 'unpack app_1.1.tar'
                journal-intent ID intent "version":"1.1"
                rollback-arm ID 2400 'needs attention' true 'files-running app' 'files-services app'
                journal-append migration "state":"begun"
                step ID 'migrate the database: ./migrate' 'app-command - /srv/app/b ./migrate'
                journal-append migration "state":"finished"
                step ID 'switch to app 1.1' 'files-switch app SUM'
                rollback-arm ID 2400 'needs attention' 'rollback-judge
                maintenance-open
                rollback-confirm ID outcome "outcome":"deployed"
                """, String.join("\n", steps.stream().map(FilesDeployTest::brief).toList()) + "\n");
    }

    private static String brief(String step) {
        for (var head : List.of("maintenance-rules", "maintenance-close", "maintenance-open",
                "rollback-arm ID 2400 'needs attention' 'rollback-judge",
                "step ID 'unpack app_1.1.tar'")) {
            if (step.replace("$ [root] ", "").startsWith(head)) {
                return head;
            }
        }
        return step.replace("$ [root] ", "");
    }

    private FilesDeployTest seen(String notice, String shown) {
        target.at().answering("[root] maintenance-facts app nginx app.test", "journal yes\nserver yes\n"
                + "site\tyes\town\t/etc/nginx/site.conf:3\tapp.test\t\n" + notice + "shown " + shown
                + " as a visitor\n");
        return this;
    }
}
