package dragonfab.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.recipe.Launch;
import dragonfab.target.ScriptedConnector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused before anything changes, and what each side is asked to do. */
class DataRefreshTest {
    static final String ENVIRONMENTS = """
            environments:
              __all__: {media: [/srv/media/]}
              live: {hosts: [live.test], protected: true}
              staging:
                hosts: [staging.test]
                clone_from: live
                media_owner: web:files
                media_exclude: [/cache/, "!"]
                media_limit: 500
              two: {hosts: [two.test], media: [/a, /b]}
              bare: {hosts: [bare.test]}
              same: {hosts: [live.test]}
              box: {lxc: app-lxc, clone_from: live, media_owner: web:files}
            """;
    static final String OPTIONS = "-rlptgoHS --timeout=1800 --no-h --8-bit-output --info=flist0 ";
    static final String FILTERS = "'--filter=- .dragonfab-partial' '--filter=- /.dragonfab-arriving'"
            + " '--filter=- /cache/' '--filter=- !' --bwlimit=500";
    static final String ASK = "[root] rsync-give /srv/media/ " + OPTIONS
            + "-n --info=stats0 '--out-format=%i %n%L' " + FILTERS;
    static final String COUNT = ASK + " --delete-delay --max-delete=2147483647";
    static final String GIVE = "[root] rsync-give /srv/media/ " + OPTIONS + "--info=stats0 --out-format=%i"
            + " --partial-dir=.dragonfab-partial --temp-dir=.dragonfab-arriving " + FILTERS;
    static final String FILL = "[root] rsync-give /srv/media/ " + OPTIONS
            + "--info=stats2 --inplace --delete-excluded " + FILTERS;
    static final String TAKERS = " /srv/media --server -lHogtprSe.x '--usermap=*:33' '--groupmap=*:44'";
    static final String TARGET = "[root] media-target web:files /srv/media";
    static final String LOOKERS = TAKERS.replace("-lHog", "-nlHog");
    static final String LINE = "rsync --server -lHogtprSe.x . .\n";
    static final String LOOK_LINE = LINE.replace("-lHog", "-nlHog");

    final ScriptedConnector world = new ScriptedConnector();

    void bothReady(String source) {
        bothReady(source, "used");
    }

    void bothReady(String source, String target) {
        world.at("live.test").answering("[root] media-source /srv/media", source + "\n");
        world.at("staging.test").answering(TARGET, "33 44\n" + target + "\n");
    }

    @Test
    void eachSideRunsItsHalfAndTheOwnerIsTheTargets() {
        bothReady("full");
        world.at("live.test").answering(GIVE, 0, LINE, "<f+++++++++\n<f+++++++++\n");

        var launch = refresh("staging");

        assertEquals(0, launch.exit(), launch.err());
        assertTrue(launch.out().contains("changed    staging.test: refresh /srv/media from live: 2 changes"),
                launch.out());
        assertTrue(world.at("staging.test").changes().startsWith("$ [root] media-take" + TAKERS + "\n"),
                world.changes());
    }

    @Test
    void anEmptyFolderIsFilledAndCountedAtTheEnd() {
        bothReady("full", "vacant");
        world.at("live.test").answering(FILL, 0, LINE, """

                Number of files: 4 (reg: 3, dir: 1)
                Number of created files: 4 (reg: 3, dir: 1)
                Total file size: 85396 bytes
                sent 87461 bytes  received 530 bytes  175982.00 bytes/sec
                total size is 85396  speedup is 0.97
                """);

        var launch = refresh("staging");

        assertEquals(0, launch.exit(), launch.err());
        assertTrue(launch.out().contains("changed    staging.test: refresh /srv/media from live: 3 changes"),
                launch.out());
        assertTrue(world.at("staging.test").changes().startsWith("$ [root] media-fill" + TAKERS + "\n"),
                world.changes());
    }

    @Test
    void whatIsNoFileStaysBehindAndIsNamed() {
        bothReady("full");
        world.at("live.test").answering(GIVE, 0, LINE,
                "skipping non-regular file \"run/app.sock\"\nskipping non-regular file \"a \"pipe\"\"\n<f+++++++++\n");

        var launch = refresh("staging");

        assertEquals(0, launch.exit(), launch.err());
        assertTrue(launch.out().contains("note       staging.test: stay behind, being neither files nor links:"
                + " run/app.sock, a \"pipe\"\n"), launch.out());
        assertTrue(launch.out().contains("refresh /srv/media from live: 1 change\n"), launch.out());
    }

    @Test
    void aDryRunNamesThemAndAFolderThatIsFilledDoesNotCountThem() {
        bothReady("full", "vacant");
        world.at("live.test").answering(ASK, 0, LOOK_LINE, "skipping non-regular file \"pipe\"\n")
                .answering(FILL, 0, LINE, "skipping non-regular file \"pipe\"\n"
                        + "Number of files: 5 (reg: 1, dir: 1, dev: 1, special: 2)\n");
        world.at("staging.test").answering("[root] media-look" + LOOKERS, "");

        var named = "stay behind, being neither files nor links: pipe\n";
        assertTrue(refresh("staging", "-n").out().contains(named));
        var launch = refresh("staging");
        assertTrue(launch.out().contains(named) && launch.out().contains("from live: 1 change\n"), launch.out());
    }

    @Test
    void nothingIntoNothingIsUnchanged() {
        bothReady("empty", "vacant");
        world.at("live.test").answering(FILL, 0, LINE, "Number of files: 1 (dir: 1)\n");

        assertTrue(refresh("staging").out().startsWith("unchanged  staging.test: refresh /srv/media from live\n"));
    }

    @Test
    void whereOneFileDidNotComeWholeTheOthersStillDo() {
        bothReady("full", "vacant");
        world.at("live.test").answering(FILL, 23, LINE).answering(GIVE, 23, LINE, "<f+++++++++\nbad: failed\n");
        world.at("staging.test").answering("[root] media-fill" + TAKERS, 23, "")
                .answering("[root] media-take" + TAKERS, 23, "");

        var launch = refresh("staging");

        assertEquals(1, launch.exit());
        assertTrue(world.changes().indexOf("media-fill") < world.changes().indexOf("media-take"), world.changes());
        assertTrue(launch.err().contains("rsync ended with 23: some files did not come over"), launch.err());
    }

    @Test
    void aTargetThatDoesNotTellOfEachFolderGetsNothing() {
        world.at("live.test").answering("[root] media-source /srv/media", "full\n");
        world.at("staging.test").answering(TARGET, "33 44\n");

        var launch = refresh("staging");

        assertEquals(1, launch.exit());
        assertTrue(launch.err().contains("staging.test: its media cannot be looked at"), launch.err());
        assertEquals("", world.changes());
    }

    @Test
    void theSourcesRefusalIsToldFirst() {
        bothReady("gone");
        world.at("staging.test").answering(TARGET, 3, "");

        refused(refresh("staging"), "live.test: there is no folder /srv/media");
    }

    @Test
    void nothingIsStartedForASourceThatHasNothing() {
        world.at("live.test").answering("[root] media-source /srv/media", "gone\n");
        world.here().answering("[root] lxc-info -n app-lxc -sH", "STOPPED\n");

        refused(refresh("box"), "live.test: there is no folder /srv/media");
    }

    @Test
    void aContainerThatRunsIsLookedAtMeanwhile() {
        world.at("live.test").answering("[root] media-source /srv/media", "gone\n");
        world.here().answering("[root] lxc-info -n app-lxc -sH", "RUNNING\n");
        world.at("app-lxc").answering(TARGET, 3, "");

        refused(refresh("box"), "live.test: there is no folder /srv/media");
        assertTrue(world.at("app-lxc").exchanges().contains(TARGET), "it was not asked");
    }

    @Test
    void aRunThatFoundAllInPlaceSaysSo() {
        bothReady("full");
        world.at("live.test").answering(GIVE, LINE);

        assertTrue(refresh("staging").out().startsWith("unchanged  staging.test: refresh /srv/media from live\n"));
    }

    @Test
    void aDryRunListsWhatWouldChange() {
        bothReady("full");
        world.at("live.test").answering(ASK, 0, LOOK_LINE, "<f+++++++++ a b.jpg\n");
        world.at("staging.test").answering("[root] media-look" + LOOKERS, "");

        var launch = refresh("staging", "-n");

        assertEquals(0, launch.exit(), launch.err());
        assertTrue(launch.out().startsWith("<f+++++++++ a b.jpg\nplanned    staging.test: refresh"), launch.out());
        assertEquals("", world.changes());
    }

    @Test
    void tooManyDeletionsAreCountedBeforeTheFirst() {
        bothReady("full");
        world.at("live.test").answering(COUNT, 0, LOOK_LINE, "*deleting   a\n*deleting   b\n");
        world.at("staging.test").answering("[root] media-look" + LOOKERS, "");

        refused(refresh("staging", "--delete", "--max-delete", "1"),
                "staging.test: files to be deleted: 2, and --max-delete is 1");
    }

    @Test
    void anEmptySourceDeletesNothing() {
        bothReady("empty");

        refused(refresh("staging", "--delete", "--max-delete", "9"), "live.test: /srv/media holds no file");
    }

    @Test
    void aMissingSourceIsRefused() {
        bothReady("gone");

        refused(refresh("staging"), "live.test: there is no folder /srv/media");
    }

    @Test
    void aSideWithoutRsyncIsRefused() {
        world.at("live.test").answering("[root] media-source /srv/media", "full\n");
        world.at("staging.test").answering(TARGET, 3, "");

        refused(refresh("staging"), "staging.test: rsync is not installed\ntry: name rsync under packages of staging");
    }

    @Test
    void anOwnerThatIsNotThereIsRefused() {
        world.at("live.test").answering("[root] media-source /srv/media", "full\n");
        world.at("staging.test").answering(TARGET, 4, "", "id: no such user\n");

        refused(refresh("staging"), "staging.test: the files cannot belong to web:files: id: no such user");
    }

    @Test
    void aLineThatIsNotRsyncsReachesNobody() {
        bothReady("full");
        world.at("live.test").answering(GIVE, "rm -rf /\n");

        var launch = refresh("staging");

        assertEquals(1, launch.exit());
        assertTrue(launch.err().contains("live.test: its rsync asks for something strange: rm -rf /"), launch.err());
        assertEquals("", world.at("staging.test").changes());
    }

    @ParameterizedTest
    @CsvSource({"11,12,live.test: refresh /srv/media from live: rsync ended with 11: a file could not",
        "12,137,staging.test: refresh /srv/media from live: rsync ended with 137: it was killed",
        "12,12,staging.test: refresh /srv/media from live: rsync ended with 12: the stream",
        "23,0,live.test: refresh /srv/media from live: rsync ended with 23: some files",
        "0,1,staging.test: refresh /srv/media from live: rsync ended with 1"})
    void theSideThatFailedIsNamed(int givers, int takers, String message) {
        bothReady("full");
        world.at("live.test").answering(GIVE, givers, LINE);
        world.at("staging.test").answering("[root] media-take" + TAKERS, takers, "");

        var launch = refresh("staging");

        assertEquals(1, launch.exit());
        assertTrue(launch.err().contains("data-refresh: " + message), launch.err());
    }

    @Test
    void whoseConnectionBreaksIsToldToGoOn() {
        bothReady("full", "vacant");
        world.at("live.test").losing(FILL, "gone");

        var launch = refresh("staging");

        assertEquals(1, launch.exit());
        assertTrue(launch.err().contains("gone\ntry: jbang data-refresh@dragonfab staging\n"), launch.err());
    }

    @Test
    void filesThatVanishOnALiveSiteAreWarnedOf() {
        bothReady("full");
        world.at("live.test").answering(GIVE, 24, LINE);

        var launch = refresh("staging");

        assertEquals(0, launch.exit(), launch.err());
        assertTrue((launch.out() + launch.err()).contains("some files vanished"), launch.out() + launch.err());
    }

    @ParameterizedTest
    @CsvSource({"3,live --from staging", "3,staging --from staging", "3,same --from live", "2,bare",
        "2,two --from live", "2,staging --delete", "2,staging --max-delete 3", "2,bare --from nowhere"})
    void whatCannotBeMeantTouchesNothing(int exit, String words) {
        world.at("live.test").answering("[root] media-source /srv/media", "full\n");

        assertEquals(exit, refresh(words.split(" ")).exit());
        assertEquals("", world.changes());
    }

    void refused(Launch launch, String why) {
        assertEquals(3, launch.exit(), launch.err());
        assertTrue(launch.err().contains("data-refresh: " + why), launch.err());
        assertEquals("", world.changes());
    }

    Launch refresh(String... words) {
        return Launch.of(ENVIRONMENTS, "data-refresh", world, words);
    }
}
