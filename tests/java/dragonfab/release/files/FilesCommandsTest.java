package dragonfab.release.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.config.Key;
import dragonfab.recipe.EnvironmentScript;
import dragonfab.recipe.Launch;
import dragonfab.recipe.Run;
import dragonfab.release.TargetDeploy;
import dragonfab.state.TargetState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands around a deploy, for a kind that has no package: they ask the kind, or say what they need instead. */
class FilesCommandsTest {
    @TempDir
    Path folder;

    FilesTarget target;

    @BeforeEach
    void start() throws IOException {
        target = new FilesTarget(folder);
    }

    @Test
    void aRollbackGoesToTheOtherDirectory() {
        target.asUsual().thenRunning("0.9");

        var launch = target.run("rollback");

        assertEquals("""
                note       staging: the database stays as it is: this release did not change its schema
                changed    app.test: go back to app 0.9
                unchanged  app.test: see that the services of app run
                1 changed, 1 unchanged
                """, launch.out() + launch.err());
        assertTrue(target.changes().contains("$ [root] step /var/lib/dragonfab/app ID 'go back to app 0.9'"
                + " 'files-switch app " + FilesTarget.OLD + "'\n"), target.changes());
    }

    @Test
    void whatIsInNeitherDirectoryCannotBeGoneBackTo() {
        target.saying(FilesTarget.kept("a", FilesTarget.NOW, "1.0") + "running 1.0\ncurrent a\n"
                + FilesTarget.entry("1", "deploy", "0.9", FilesTarget.OLD, "done")
                + FilesTarget.entry("2", "deploy", "1.0", FilesTarget.NOW, "done"));

        var launch = target.run("rollback");

        assertEquals(3, launch.exit());
        assertEquals("rollback: app.test: app 0.9 is in neither directory any more: it cannot be brought back\n",
                launch.err());
    }

    /** 10 is older than 9 here, for it was deployed before; a rollback to what came later leads forward. */
    @Test
    void whichReleaseIsOlderIsTheJournalsWord() {
        target.saying(FilesTarget.kept("a", FilesTarget.NOW, "10") + FilesTarget.kept("b", FilesTarget.OLD, "9")
                + "running 10\ncurrent a\n" + FilesTarget.entry("1", "deploy", "10", FilesTarget.NOW, "done")
                + FilesTarget.entry("2", "deploy", "9", FilesTarget.OLD, "done")
                + FilesTarget.entry("3", "rollback", "10", FilesTarget.NOW, "done")).thenRunning("9");

        var launch = target.run("rollback", "9");

        assertEquals(0, launch.exit(), launch.err());
        assertTrue(launch.out().startsWith("note       staging: the database stays as it is\n"), launch.out());
    }

    /** The journal has the release before its migration, although it ran only afterwards. */
    @Test
    void aMigrationBeforeTheSwitchIsThatOfTheNewRelease() {
        target.saying(FilesTarget.kept("a", FilesTarget.NOW, "1.0") + FilesTarget.kept("b", FilesTarget.OLD, "0.9")
                + "running 1.0\ncurrent a\n" + FilesTarget.entry("1", "deploy", "0.9", FilesTarget.OLD, "done")
                + FilesTarget.entry("2", "deploy", "1.0", FilesTarget.NOW, "done").replaceFirst("\n", "\njournal "
                        + "{\"event\":\"migration\",\"id\":\"m\",\"state\":\"finished\",\"pending\":[\"to 2\"]}\n"));

        var launch = target.run("rollback");

        assertEquals(3, launch.exit());
        assertTrue(launch.err().contains("the release that runs changed the schema"), launch.err());
    }

    @Test
    void releasesAreTheJournalsAndTheKindKnowsWhichAreKept() {
        target.saying(FilesTarget.kept("a", FilesTarget.NOW, "1.0") + "running 1.0\ncurrent a\n"
                + FilesTarget.entry("1", "deploy", "0.9", FilesTarget.OLD, "done")
                + FilesTarget.entry("2", "deploy", "1.0", FilesTarget.NOW, "done"));

        assertEquals("""
                host release outcome current action at by commit checksum kept
                app.test 0.9 deployed deploy TIME me 00000000 no
                app.test 1.0 deployed true deploy TIME me 11111111 yes
                """, target.run("releases").out().replaceAll("\\d+ \\w+ ago", "TIME").replaceAll(" +", " "));
    }

    @Test
    void statusAsksTheKind() {
        target.asUsual();
        target.at().answering("[root] files-drift app", "changed /srv/app/a/index.html\n")
                .answering("[root] lock-facts /var/lib/dragonfab/app", "");

        var status = target.run("status", "--json").out();

        assertTrue(status.contains("\"release\":\"1.0\",\"journal\":\"in sync\",\"services\":\"running\""), status);
        assertTrue(status.contains("\"packages\":\"changed on the host: /srv/app/a/index.html\""), status);
    }

    @Test
    void statusSaysWhatWasInterrupted() {
        target.saying("unfinished yes\n");
        target.at().answering("[root] files-drift app", "").answering("[root] lock-facts /var/lib/dragonfab/app", "");

        var status = target.run("status", "--json").out();

        assertTrue(status.contains("\"packages\":\"half-configured: the link was interrupted\""), status);
    }

    @Test
    void logsAndHoldsAreThoseOfTheApplication() {
        target.at().answering("[root] files-logs app 100 all", "a line\n");

        assertEquals("a line\n", target.run("logs").out());
        assertEquals(0, target.run("lock", "hold", "--message", "not now").exit());
        assertTrue(target.changes().startsWith("$ [root] lock-note /var/lib/dragonfab/app "), target.changes());
    }

    /** Only dpkg could say which units those are. */
    @Test
    void aRestartNeedsTheNamesOfTheUnits() {
        var refused = target.run("web-restart");

        assertEquals(2, refused.exit());
        assertTrue(refused.err().contains("staging: services is needed by web-restart\n"), refused.err());
        target.keys = ", services: [app.service]";
        assertEquals(0, target.run("web-restart").exit());
        assertEquals("$ [root] web-restart app nginx app.service\n", target.changes());
    }

    @Test
    void aTestKnowsTheVersionThatRuns() {
        target.thenRunning("1.0").keys = ", web_server: none, health: {url: /, contains: \"${version}\"}";
        target.at().answering("http-ask http://localhost/ '' ''", "200\n1.0\n");

        var launch = target.run("test");

        assertEquals(0, launch.exit(), launch.out() + launch.err());
    }

    /** /usr/share/NAME is where packages put it. */
    @Test
    void commandsOfTheApplicationNeedItsFolder() {
        var launch = target.run("manage", "check");

        assertEquals(2, launch.exit());
        assertTrue(launch.err().contains("remote_path is needed by the application's own commands"), launch.err());
    }

    @Test
    void aSequenceThatWouldDeployNothingIsRefused() {
        var launch = target.run("deploy");

        assertEquals(2, launch.exit());
        assertEquals("""
                deploy: environments.yml: staging: no script of ours deploys releases of the kind files
                try: the script that came with that kind
                """, launch.err());
    }

    @Test
    void withoutANameItIsTheApplicationsThatIsMissing() {
        var launch = Launch.of("environments: {staging: {hosts: app.test, kind: files}}", "releases",
                target.world, "staging");

        assertEquals(2, launch.exit());
        assertTrue(launch.err().contains("app_name is needed by releases"), launch.err());
    }

    @Test
    void aKindThatNobodyBringsIsRefusedByTheNamesOfThoseThereAre() {
        var launch = Launch.of("environments: {staging: {hosts: app.test, kind: cloud, app_name: app}}", "releases",
                target.world, "staging");

        assertEquals(2, launch.exit());
        assertTrue(
                launch.err().contains(
                        "staging.kind: cloud is no kind of release: write deb or files or site, or leave the key out for"
                                + " deb"),
                launch.err());
    }

    @picocli.CommandLine.Command(name = "plans")
    private static final class Planning extends EnvironmentScript {
        @Override
        protected void steps(Run run) {
            var kind = new FilesKind();
            var file = run.environment().get(Key.PACKAGE_DIR).resolve("app_1.1.tar").toString();
            var planned = kind.planned(run, file);
            var remote = run.first();
            planned.local().forEach(line -> run.report().note("local", line.about() + ": " + line.text()));
            planned.at(remote, TargetDeploy.facts(remote, kind, new TargetState("app")), "")
                    .forEach(line -> remote.note(line.about() + ": " + line.text()));
            run.report().note("named", String.valueOf(planned.name().equals(file) && planned.notYet().isEmpty()));
            planned.choose(run);
            run.report().note("chosen", FilesSource.of(run, Optional.empty()).release().toString());
            run.report().note("steps", String.valueOf(kind.planned(run, List.of()).isPresent()));
        }
    }

    @Test
    void aPlanNamesTheReleaseAndWhereItGoes() {
        target.asUsual();

        var launch = target.run(new Planning());

        assertEquals("""
                note       local: release app_1.1.tar: sha256 SUM
                note       app.test: running version: 1.0
                note       app.test: new version: 1.1
                note       app.test: directory: b
                note       named: true
                note       chosen: app_1.1.tar
                note       steps: false
                """, launch.out().replace(target.coming, "SUM"), launch.err());
    }
}
