package dragonfab.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.deb.SmallDeb;
import dragonfab.deploy.FourHosts;
import dragonfab.files.Checksum;
import dragonfab.recipe.Launch;
import dragonfab.shell.ScriptedShell;
import dragonfab.target.ScriptedConnector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The rollback of {@code rollback: snapshot}: on the machine that holds the container, around all that is done in it.
 */
class SnapshotTest {
    static final String LIST = "[root] lxc-snapshot -n app-lxc -L -C";
    static final String OURS = "snap4 (/var/lib/lxc/app-lxc/snaps) 2026:11:21 02:44:29\ndragonfab deploy 1\n";
    static final String TAKE = "[root] step /var/lib/dragonfab/lxc.app-lxc ID 'take a snapshot of app-lxc, stopped"
            + " meanwhile' 'lxc-snapshot app-lxc '\\''dragonfab deploy ID'\\'''";

    @TempDir
    Path packages;

    final ScriptedConnector world = new ScriptedConnector();

    @BeforeEach
    void aContainerWithARelease() throws IOException {
        SmallDeb.write(packages.resolve("app_1.1_all.deb"), "a package");
        world.here().answering("[root] lxc-info -n app-lxc -sH", "RUNNING\n")
                .answering("[root] state-facts lxc.app-lxc", "architecture amd64\n");
        world.at("app-lxc")
                .answering("[root] package-ready coming false /var/lib/dragonfab/app/packages/app_1.1_all.SUM.deb", "")
                .answering("[root] package-facts app", "architecture amd64\nrunning 1.0\n")
                .answering("[root] package-services app failing", "");
    }

    private void runsAfterwards(String version) {
        world.at("app-lxc").answering("package-running app", version);
    }

    @Test
    void theHolderTakesASnapshotAndIsArmedBeforeTheFirstChange() {
        snapshots("");
        runsAfterwards("1.1");

        var launch = deploy("");

        assertEquals("""
                changed    app-lxc: upload app_1.1_all.deb
                note       local: what app-lxc writes from now on (database, uploads, logs) is lost if this is rolled back
                changed    local: take a snapshot of app-lxc, stopped meanwhile
                unchanged  local: see that app-lxc is up again
                changed    app-lxc: install app 1.1
                unchanged  app-lxc: see that the services of app run
                changed    local: remove the snapshot snap4 of app-lxc
                4 changed, 2 unchanged
                """, launch.out() + launch.err());
        assertEquals("""
                $ TAKE
                $ [root] lxc-ready app-lxc 60
                $ [root] rollback-arm /var/lib/dragonfab/lxc.app-lxc ID 21600 'rolled back' 'lxc-restore app-lxc snap4 &&
                lxc-ready app-lxc 60' true 'echo unknown'
                $ [root] rollback-arm /var/lib/dragonfab/lxc.app-lxc ID 21600 'rolled back' 'lxc-restore app-lxc snap4 &&
                lxc-ready app-lxc 60 &&
                INSIDE journal-append /var/lib/dragonfab/app INTENT &&
                INSIDE journal-append /var/lib/dragonfab/app OUTCOME' true 'echo unknown'
                $ [root] rollback-confirm /var/lib/dragonfab/lxc.app-lxc ID OUTCOME
                $ [root] lxc-snapshot -n app-lxc -d snap4
                """.replace("TAKE", TAKE), told(world.here()));
        var inside = told(world.at("app-lxc"));
        assertEquals("""
                $ [root] journal-intent /var/lib/dragonfab/app ID INTENT
                $ INSTALL
                $ [root] journal-append /var/lib/dragonfab/app OUTCOME
                $ [root] package-accept app /var/lib/dragonfab/app/packages/app_1.1_all.SUM.deb
                """.replace("INSTALL", FourHosts.INSTALL), inside.substring(inside.indexOf("$ [root] journal")));
    }

    @Test
    void whatFailsGoesBackWithTheWholeContainer() {
        snapshots("");
        runsAfterwards("1.0");
        world.at("app-lxc").answering(FourHosts.INSTALL, 100, "", "E: no\n");

        var launch = deploy("");

        assertEquals(1, launch.exit());
        assertTrue(launch.out().endsWith("""
                changed    local: go back to app 1.0
                note       local: what app-lxc wrote since its snapshot (database, uploads, logs) is lost
                changed    local: remove the snapshot snap4 of app-lxc
                unchanged  app-lxc: see that the services of app run
                note       staging: as before again: app-lxc; the database was brought back too
                4 changed, 2 unchanged, 1 failed
                """), launch.out());
        assertTrue(told(world.here()).endsWith("""
                $ [root] step /var/lib/dragonfab/lxc.app-lxc ID 'go back to app 1.0' 'sh /var/lib/dragonfab/lxc.app-lxc/\
                rollback/go /var/lib/dragonfab/lxc.app-lxc' rollback
                $ [root] lxc-snapshot -n app-lxc -d snap4
                """), told(world.here()));
    }

    @Test
    void withoutASnapshotNothingChangesUnlessAPersonSaysSo() {
        snapshots("");
        runsAfterwards("1.1");
        world.here().answering(TAKE, 1, "", "No space left on device\n");

        var refused = deploy("");

        assertEquals(1, refused.exit());
        assertTrue(
                refused.err().endsWith(
                        "  No space left on device\ntry: jbang deb-deploy@dragonfab staging --allow-no-rollback\n"),
                refused.err());
        assertFalse(world.changes().contains("package-install"), world.changes());

        var anyway = deploy("", "--allow-no-rollback");

        assertEquals(0, anyway.exit(), anyway.err());
        assertTrue(told(world.at("app-lxc")).contains("rollback-arm /var/lib/dragonfab/app ID 2400 failed"),
                told(world.at("app-lxc")));
        assertFalse(world.here().changes().contains("rollback-arm"), world.here().changes());
    }

    @Test
    void aProtectedOneIsAskedForFirst() {
        snapshots("");
        runsAfterwards("1.1");

        var nobody = deploy(", protected: true");

        assertEquals(3, nobody.exit());
        assertEquals("""
                deb-deploy: staging: is protected, and nobody is here to ask whether to go on
                try: jbang deb-deploy@dragonfab staging --yes
                """, nobody.err());
        assertEquals("", world.here().changes());
        assertEquals(0, deploy(", protected: true", "--yes").exit());
    }

    @Test
    void aRollbackThatWasLeftIsExecutedBeforeTheContainerIsAsked() {
        world.here().answering("[root] state-facts lxc.left", "armed 1\n")
                .answering("[root] state-facts lxc.left", "")
                .answering("[root] lxc-snapshot -n left -L -C", OURS)
                .answering("[root] lxc-info -n left -sH", "STOPPED\n");
        world.at("left").answering("[root] package-facts app", "running 1.0\n")
                .answering("[root] package-services app failing", "");

        var launch = Launch.of("environments: {staging: {lxc: left, rollback: snapshot, package_name: app}}", "heal",
                world, "staging");

        assertEquals("""
                changed    local: roll back a deploy that was cut off
                note       local: what left wrote since its snapshot (database, uploads, logs) is lost
                changed    local: remove the snapshot snap4 of left
                unchanged  local: start left
                unchanged  left: see that the services of app run
                2 changed, 2 unchanged
                """, launch.out() + launch.err());
    }

    @Test
    void aNoOpStopsNothing() {
        var sum = Checksum.of(packages.resolve("app_1.1_all.deb"));
        world.here().answering("[root] state-facts lxc.same", "").answering("[root] lxc-info -n same -sH", "RUNNING\n")
                .answering("[root] lxc-snapshot -n same -L -C", "");
        world.at("same").answering("[root] package-services app failing", "").answering("[root] package-facts app",
                "architecture amd64\nrunning 1.1\nkept " + sum + " app_1.1_all.deb\n"
                        + "journal {\"event\":\"intent\",\"id\":\"1\",\"at\":\"2026-01-01T00:00:00Z\",\"action\":\"deploy\","
                        + "\"version\":\"1.1\",\"commit\":\"\",\"files\":[\"app_1.1_all.deb\"],\"checksums\":[\"" + sum
                        + "\"],\"by\":\"me\"}\n"
                        + "journal {\"event\":\"outcome\",\"id\":\"1\",\"outcome\":\"done\"}\n");

        var launch = Launch.of("environments: {staging: {lxc: same, rollback: snapshot, package_name: app, "
                + "package_dir: " + packages + "}}", "deb-deploy", world, "staging");

        assertEquals(0, launch.exit(), launch.err());
        assertEquals("", world.changes());
    }

    private static String told(ScriptedShell shell) {
        return shell.changes()
                .replaceAll("lxc-attach -n app-lxc --clear-env (-v \\S+ )+-- ", "INSIDE ")
                .replaceAll("('\\\\''|')\\{\"event\":\"intent\"[^}]*\\}\\1", "INTENT")
                .replaceAll("('\\\\''|')\\{\"event\":\"outcome\"[^}]*\\}\\1", "OUTCOME");
    }

    /** The first answer is what is there before. */
    private void snapshots(String before) {
        world.here().answering(LIST, before).answering(LIST, OURS);
    }

    private Launch deploy(String keys, String... options) {
        var words = new ArrayList<>(List.of("staging"));
        words.addAll(List.of(options));
        return Launch.of("""
                environments:
                  staging: {lxc: app-lxc, rollback: snapshot, package_name: app, package_dir: %s%s}
                """.formatted(packages, keys), "deb-deploy", world, words.toArray(String[]::new));
    }
}
