package dragonfab.repository;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.deb.SmallDeb;
import dragonfab.files.Checksum;
import dragonfab.recipe.Launch;
import dragonfab.target.ScriptedConnector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DebPublishTest {
    static final String READY = "ready 1 http://apt.test\nkey a public key\n";

    static final String TRIAL = "[root] repository-trial app http://apt.test staging";

    @TempDir
    Path packages;

    final ScriptedConnector world = new ScriptedConnector();
    Path deb;
    String sum;

    @BeforeEach
    void aPackage() throws IOException {
        deb = SmallDeb.write(packages.resolve("app_1.1_all.deb"), "a package");
        sum = Checksum.of(deb);
    }

    @Test
    void theFirstOneMakesTheRepository() {
        world.at("apt.test").answering("[root] repository-facts /srv/apt staging app_1.1_all.deb", "")
                .answering("[root] repository-facts /srv/apt staging app_1.1_all.deb", READY);

        var launch = launch("deb-publish", "staging");

        assertEquals("""
                changed    apt.test: have the repository /srv/apt
                changed    apt.test: upload app_1.1_all.deb
                changed    apt.test: publish app 1.1 in staging
                3 changed
                """, launch.out() + launch.err());
        assertEquals("""
                $ [root] repository-prepare /srv/apt '1 http://apt.test' apt.test 80 /
                $ [root] file-take /srv/apt/.incoming/app_1.1_all.deb SUM whole
                  < file app_1.1_all.deb
                $ [root] repository-publish /srv/apt staging 5 '' '' SUM app_1.1_all.deb
                """.replace("SUM", sum), world.at("apt.test").changes());
    }

    @Test
    void whatIsThereIsNotPublishedAgain() {
        has("staging app_1.1_all.deb", published("1.1", sum));

        var launch = launch("deb-publish", "staging");

        assertEquals("unchanged  apt.test: publish app 1.1 in staging: it is there already\n1 unchanged\n",
                launch.out() + launch.err());
        assertEquals("", world.changes());
    }

    @Test
    void otherBytesOfTheSameNameAreRefusedBeforeTheyTravel() {
        has("staging app_1.1_all.deb", "pooled 0123 app_1.1_all.deb\n");

        var launch = launch("deb-publish", "staging");

        assertEquals(3, launch.exit());
        assertTrue(launch.err().contains("apt.test: app_1.1_all.deb was published before, with other bytes"),
                launch.err());
        assertEquals("", world.changes());
    }

    @Test
    void fromAnotherSuiteComeTheSameBytesWithTheirCompanions() throws IOException {
        Files.delete(deb);
        runs("1.1", "11", "deployed");
        has("staging", published("1.0", "old") + "published 77 app 1.1 all 11 app_1.1_all.deb commit=c0ffee"
                + " with=app-data_1.1_all.deb\npublished 77 app-data 1.1 all 22 app-data_1.1_all.deb commit=c0ffee with=\n");
        has("production", "");

        var launch = launch("deb-publish", "production", "--from", "staging");

        assertEquals("changed    apt.test: publish app 1.1 in production, as in staging\n1 changed\n",
                launch.out() + launch.err());
        assertEquals("$ [root] repository-publish /srv/apt production 5 staging '' 11 app_1.1_all.deb"
                + " 22 app-data_1.1_all.deb\n", world.at("apt.test").changes());
    }

    @Test
    void whatWasOnlyPublishedOrWasRejectedThereIsNotTaken() throws IOException {
        Files.delete(deb);
        world.at("app.test").answering("[root] package-facts app",
                "running 1.0\n" + deploy("1", "1.0", "old", "deployed")
                        + deploy("2", "1.1", "11", "rolled back"));
        has("staging", published("1.0", "old") + published("1.1", "11") + published("1.2", "12"));
        has("production", "");

        var launch = launch("deb-publish", "production", "--from", "staging");

        assertEquals(0, launch.exit(), launch.err());
        assertEquals("$ [root] repository-publish /srv/apt production 5 staging '' old app_1.0_all.deb\n",
                world.at("apt.test").changes());
    }

    @Test
    void whatIsNotAcceptedThereIsRefused() {
        for (var journal : new String[] {"", "running 1.1\n" + deploy("2", "1.1", "11", "rollback failed"),
            "running 1.1\narmed 2\n" + deploy("2", "1.1", "11", "deployed"),
            "running 1.1\nrunning-checksum foreign\n"}) {
            world.at("app.test").answering("[root] package-facts app", journal);
            has("staging", published("1.1", "11"));

            var launch = launch("deb-publish", "production", "--from", "staging");

            assertEquals(3, launch.exit(), journal + launch.out() + launch.err());
            assertTrue(launch.err().endsWith("try: jbang deploy@dragonfab staging\n"
                    + "or: name a file of the suite behind --from staging\n"), launch.err());
            assertEquals("", world.changes());
        }
    }

    @Test
    void itComesWithWhatItNeedsFromTheSuite() throws IOException {
        Files.delete(deb);
        runs("1.1", "11", "deployed");
        world.at("app.test").answering("package-versions lib base", "lib 1.0\nbase 3\n");
        has("staging", published("1.1", "11") + "needs 11 lib debconf\n"
                + "published 5 lib 1.0 all 51 lib_1.0_all.deb commit= with=\nneeds 51 base\n"
                + "published 6 lib 2.0 all 52 lib_2.0_all.deb commit= with=\n"
                + "published 7 base 3 all 61 base_3_all.deb commit= with=\n"
                + "published 8 other 1 all 71 other_1_all.deb commit= with=\n");
        has("production", "");

        var launch = launch("deb-publish", "production", "--from", "staging");

        assertEquals(0, launch.exit(), launch.err());
        assertEquals("$ [root] repository-publish /srv/apt production 5 staging '' 11 app_1.1_all.deb"
                + " 51 lib_1.0_all.deb 61 base_3_all.deb\n", world.at("apt.test").changes());
    }

    /** What the target of staging runs. */
    private void runs(String version, String sum, String outcome) {
        world.at("app.test").answering("[root] package-facts app",
                "running " + version + "\n" + deploy("1", version, sum, outcome));
    }

    private static String deploy(String id, String version, String sum, String outcome) {
        return ("journal {'event':'intent','id':'%1$s','at':'2026-01-0%1$sT00:00:00Z','action':'deploy',"
                + "'version':'%2$s',"
                + "'commit':'','files':['app_%2$s_all.deb'],'checksums':['%3$s'],'by':'me'}\n"
                + "journal {'event':'outcome','id':'%1$s','outcome':'%4$s'}\n")
                .formatted(id, version, sum, outcome).replace('\'', '"');
    }

    @Test
    void anEmptySuiteHasNothingToGive() {
        has("staging", "");
        runs("1.1", "11", "deployed");

        var launch = launch("deb-publish", "production", "--from", "staging");

        assertEquals(3, launch.exit());
        assertEquals("""
                deb-publish: apt.test: app_1.1_all.deb is not in the suite staging
                try: jbang deb-publish@dragonfab staging
                """, launch.err());
    }

    @Test
    void twoRepositoriesShareNoBytes() {
        var launch = launch("deb-publish", "production", "--from", "elsewhere");

        assertEquals(2, launch.exit());
        assertTrue(launch.err().contains("two repositories: repository_path differs"), launch.err());
    }

    @Test
    void targetsPullExactlyWhatWasPublished() {
        has("staging", published("1.0", "old") + published("1.1", sum));
        target("");

        var launch = launch("deb-deploy", "staging");

        assertEquals("""
                changed    app.test: pull app_1.1_all.deb
                changed    app.test: have apt know the suite staging
                changed    app.test: install app 1.1
                unchanged  app.test: see that the services of app run
                3 changed, 1 unchanged
                """, launch.out() + launch.err());
        var changes = world.at("app.test").changes();
        assertTrue(changes.startsWith("$ [root] repository-pull app http://apt.test staging 11 app 1.1 " + sum
                + " app_1.1_all.SUM.deb\n  < a public key\n"), changes);
        assertTrue(changes.contains("$ [root] repository-share app http://apt.test staging\n  < a public key\n"),
                changes);
        assertTrue(changes.contains("\"files\":[\"app_1.1_all.deb\"],\"checksums\":[\"" + sum + "\"]"), changes);
    }

    @Test
    void whatAptCouldNotReadIsRefusedBeforeAnythingIsPulled() {
        has("staging", published("1.1", sum));
        world.at("app.test").answering(TRIAL, "apt E: Conflicting values set for option Signed-By\n");
        target("");

        var launch = launch("deb-deploy", "staging");

        assertEquals(3, launch.exit(), launch.out());
        assertTrue(launch.err().contains("could read no source at all with http://apt.test staging\n")
                && launch.err().contains("E: Conflicting values"), launch.err());
        assertFalse(world.at("app.test").changes().contains("repository-"), world.changes());
    }

    @Test
    void aStaleMirrorIsRefused() {
        has("staging", published("1.1", sum));
        target("");
        world.at("app.test").answering("[root] repository-pull app http://apt.test staging 11 app 1.1 " + sum
                + " app_1.1_all.SUM.deb", "stale the index is of Mon, 1 Jan 2024\n");

        var launch = launch("deb-deploy", "staging");

        assertEquals(3, launch.exit(), launch.out());
        assertTrue(launch.err().contains("app.test: http://apt.test is stale: the index is of Mon, 1 Jan 2024\n"),
                launch.err());
        assertFalse(world.at("app.test").changes().contains("share"), world.changes());
    }

    @Test
    void anIndexWhoseTimeIsStillToComeIsRefusedAndDoctorNamed() {
        has("staging", published("1.1", sum));
        target("");
        world.at("app.test").answering("[root] repository-pull app http://apt.test staging 11 app 1.1 " + sum
                + " app_1.1_all.SUM.deb", "early Release file for http://apt.test is not valid yet\n");

        var launch = launch("deb-deploy", "staging");

        assertEquals(3, launch.exit(), launch.out());
        assertEquals("deb-deploy: app.test: by its clock the time of http://apt.test is still to come: Release file for"
                + " http://apt.test is not valid yet\ntry: jbang doctor@dragonfab staging\n", launch.err());
    }

    @Test
    void aContainerOfTheRepositoryThatDoesNotRunIsStartedByThePublish() {
        world.at("apt.test").answering("[root] lxc-info -n apt-lxc -sH", 1, "")
                .answering("[root] lxc-info -n apt-lxc -sH", 0, "STOPPED\n");

        for (var why : new String[] {"there is no container apt-lxc", "apt-lxc is STOPPED"}) {
            var launch = launch("deb-deploy", "staging", "--set", "repository_lxc=apt-lxc");

            assertEquals("deb-deploy: apt.test: " + why + "\ntry: jbang deb-publish@dragonfab staging --set"
                    + " repository_lxc=apt-lxc\n", launch.err());
        }
    }

    @Test
    void ofASuiteThatNoTargetWouldReadTheReasonIsSaid() {
        has("staging", "unread it is dated 600 s ahead of the clock there\n");

        var launch = launch("deb-deploy", "staging");

        assertEquals(3, launch.exit(), launch.out());
        assertEquals("deb-deploy: apt.test: app_1.1_all.deb is not in the suite staging, which no target would read: it"
                + " is dated 600 s ahead of the clock there\ntry: jbang deb-publish@dragonfab staging\n", launch.err());
    }

    @Test
    void anotherKeyIsBroughtAlsoWhereNothingIsPulled() {
        runs();

        var launch = launch("deb-deploy", "staging");

        assertEquals(0, launch.exit(), launch.err());
        assertTrue(world.at("app.test").changes().contains("$ [root] repository-share app http://apt.test staging\n"
                + "  < a public key\n"), world.changes());
        assertFalse(world.at("app.test").changes().contains("package-install"), world.changes());
    }

    @Test
    void whatAptKnowsAlreadyIsNotToldAgain() {
        world.at("app.test").answering(TRIAL, "shared yes\n");
        runs();

        var launch = launch("deb-deploy", "staging");

        assertEquals(0, launch.exit(), launch.err());
        assertFalse(world.at("app.test").changes().contains("repository-share"), world.changes());
    }

    /** The newest release, as it was published. */
    private void runs() {
        has("staging", published("1.1", sum));
        target("running 1.1\nkept " + sum + " app_1.1_all.deb\n" + ("journal {'event':'intent','id':'1','at':"
                + "'2026-01-01T00:00:00Z','action':'deploy','version':'1.1','files':['app_1.1_all.deb'],'checksums':['"
                + sum + "']}\njournal {'event':'outcome','id':'1','outcome':'deployed'}\n").replace('\'', '"'));
    }

    @Test
    void whoNoLongerComesFromARepositoryForgetsIt() {
        target("source yes\n");

        var launch = launch("deb-deploy", "staging", "--set", "install_from=push");

        assertEquals(0, launch.exit(), launch.err());
        assertTrue(world.at("app.test").changes().contains("$ [root] repository-leave app\n"), world.changes());
    }

    @Test
    void whatLiesThereIsNotPulledAgain() {
        has("staging", published("1.1", sum));
        target("kept " + sum + " app_1.1_all.deb\n");
        world.at("app.test").answering(
                "[root] package-ready coming false /var/lib/dragonfab/app/packages/app_1.1_all.deb",
                "");

        var launch = launch("deb-deploy", "staging");

        assertTrue(launch.out().contains("unchanged  app.test: pull app_1.1_all.deb: it is there already"),
                launch.out() + launch.err());
    }

    @Test
    void whereNothingIsBuiltTheSuiteDecides() throws IOException {
        Files.delete(deb);
        has("staging", published("1.0", "old") + published("1.1", "11"));
        target("");

        var launch = launch("deb-deploy", "staging");

        assertEquals(0, launch.exit(), launch.err());
        assertTrue(
                world.at("app.test").changes().contains("repository-pull app http://apt.test staging 11 app 1.1 11"));
    }

    @Test
    void aVersionThatIsNotPublishedIsRefusedBeforeAnyTargetIsTouched() {
        has("staging", published("1.0", "old"));

        var launch = launch("deb-deploy", "staging");

        assertEquals(3, launch.exit());
        assertEquals("""
                deb-deploy: apt.test: app_1.1_all.deb is not in the suite staging
                try: jbang deb-publish@dragonfab staging
                """, launch.err());
        assertEquals("", world.changes());
    }

    @Test
    void aPackageThatDiffersFromThePublishedOneIsRefused() {
        has("staging", published("1.1", "another"));

        var launch = launch("deb-deploy", "staging");

        assertEquals(3, launch.exit());
        assertTrue(launch.err().contains("was published in staging with other bytes"), launch.err());
        assertEquals("", world.changes());
    }

    @Test
    void aDeployThatTakesOverIsPlannedByTheOtherSuite() throws IOException {
        Files.delete(deb);
        has("staging", published("1.1", "11") + published("1.2", "12"));
        runs("1.1", "11", "deployed");
        world.at("app.test").answering("[root] package-facts app", "architecture amd64\ninstalled \n")
                .answering("[root] package-ready coming false /var/lib/dragonfab/app/packages/app_1.1_all.SUM.deb", "")
                .answering("[root] package-preview false app --", "code 0\n").answering("[root] lock-facts "
                        + "/var/lib/dragonfab/app", "");

        var launch = launch("deploy", "production", "--plan", "--set",
                "deploy=[deb-publish --from staging, deb-deploy]");

        assertEquals(0, launch.exit(), launch.err());
        assertTrue(launch.out().contains("deb-publish --from staging  apt.test")
                && launch.out().matches("(?s).*new version +1\\.1.*"), launch.out());
    }

    @Test
    void aReleaseCanBeNamedByItsFile() throws IOException {
        has("staging", published("1.0", "old") + published("1.1", sum));
        has("production", "");
        target("");

        assertEquals(0, launch("deb-publish", "production", "--from", "staging", "app_1.0_all.deb").exit());
        assertEquals(0, launch("deb-deploy", "staging", "app_1.1_all.deb").exit());

        assertTrue(world.at("apt.test").changes().contains("production 5 staging '' old app_1.0_all.deb"));
        assertTrue(world.at("app.test").changes()
                .contains("repository-pull app http://apt.test staging 11 app 1.1 " + sum));
    }

    private static String published(String version, String sum) {
        return "published " + version.replace(".", "") + " app " + version + " all " + sum + " app_" + version
                + "_all.deb commit= with=\n";
    }

    private void has(String arguments, String more) {
        world.at("apt.test").answering("[root] repository-facts /srv/apt " + arguments, READY + more);
    }

    private void target(String more) {
        world.at("app.test").answering("[root] package-facts app", "architecture amd64\ninstalled \n" + more)
                .answering("[root] package-ready coming false /var/lib/dragonfab/app/packages/app_1.1_all.SUM.deb", "")
                .answering(TRIAL, "").answering("package-running app", "1.1")
                .answering("[root] package-services app failing", "");
    }

    private Launch launch(String script, String... words) {
        return Launch.of("""
                environments:
                  __all__:
                    package_name: app
                    package_dir: %s
                    install_from: repository
                    repository_host: apt.test
                    repository_url: http://apt.test
                  staging: {hosts: app.test}
                  production: {hosts: app.test}
                  elsewhere: {hosts: app.test, repository_path: /srv/other}
                """.formatted(packages), script, world, words);
    }
}
