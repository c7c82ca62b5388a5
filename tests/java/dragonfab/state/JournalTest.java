package dragonfab.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class JournalTest {
    private final List<String> lines = new ArrayList<>();

    @Test
    void goesBackToTheNewestGoodReleaseOfAnotherVersion() {
        deploy("1.0", "deployed");
        deploy("2.0", "failed");
        deploy("3.0", "deployed");
        deploy("3.0", "deployed");

        assertEquals("1.0", previous());
    }

    @Test
    void neverGoesBackToWhatARollbackLeft() {
        deploy("1.0", "deployed");
        deploy("2.0", "deployed");
        rollback("1.0", "2.0");

        assertEquals("1.0", journal().current().orElseThrow().version());
        assertEquals("none", previous());
        assertEquals("2.0", journal().of("2.0").orElseThrow().version());
        assertEquals("1.0 deployed, 2.0 reverted, 1.0 deployed", outcomes());
    }

    @Test
    void anIntentWithoutAnOutcomeIsUnfinishedAndNoCandidate() {
        deploy("1.0", "deployed");
        lines.add(Journal.intent(release("2.0", "deploy"), TargetFacts.of(List.of())));

        assertEquals("1.0 deployed, 2.0 in progress", outcomes());
        assertEquals("none", previous());
    }

    @Test
    void aTargetIsOutOfServiceUntilItCameIn() {
        deploy("1.0", "deployed");
        assertEquals(false, journal().out());

        lines.add(Journal.service("2", false));
        assertEquals(true, journal().out());

        lines.add(Journal.service("2", true));
        assertEquals(false, journal().out());
    }

    @Test
    void aLineThatWasCutOffIsPassedOver() {
        deploy("1.0", "deployed");
        lines.add("{\"event\":\"intent\",\"id\":\"x\",\"at\":\"20");

        assertEquals("1.0 deployed", outcomes());
    }

    @Test
    void aFailedDeployPushesNoGoodPackageOut() {
        deploy("1.0", "deployed");
        deploy("2.0", "deployed");
        deploy("3.0", "failed");
        deploy("4.0", "failed");

        assertEquals(List.of("app_2.0_all.deb", "app_1.0_all.deb"), journal().filesOfNewest(2));
    }

    @Test
    void whatIsKnownToBeWrittenNextReadsTheSameAsWhenItIs() {
        deploy("1.0", "deployed");
        deploy("2.0", "deployed");
        deploy("3.0", "failed");
        var before = journal();
        var release = release("1.0", "rollback");

        rollback("1.0", "2.0");

        assertEquals(journal(), before.and(release, Optional.of("2.0")));
    }

    @Test
    void knowsHowFarTheDatabaseCameSinceTheReleaseBegan() {
        deploy("1.0", "deployed");
        migration("finished");
        lines.add(Journal.intent(release("2.0", "deploy"), TargetFacts.of(List.of())));
        assertEquals(MigrationState.NONE, state());

        migration("begun");
        assertEquals(MigrationState.BEGUN, state());
        migration("failed");
        assertEquals(MigrationState.BEGUN, state());
        deploy("2.0", "deployed");
        assertEquals(MigrationState.BEGUN, state());
        migration("finished");
        assertEquals(MigrationState.FINISHED, state());
        rollback("1.0", "2.0");
        assertEquals(MigrationState.FINISHED, state());
        assertEquals(MigrationState.FINISHED, journal().migrated("2.0").state());
    }

    @Test
    void aDeployThatWentBackSaysNothingOfTheReleaseThatRuns() {
        deploy("1.0", "deployed");
        migration("finished");
        deploy("2.0", "rolled back");

        assertEquals(MigrationState.FINISHED, journal().migrated("1.0").state());
    }

    @Test
    void aMigrationThatWasUndoneLeavesTheStateBefore() {
        deploy("1.0", "deployed");
        migration("begun");
        migration("undone");

        assertEquals(MigrationState.NONE, state());
    }

    @Test
    void fromAReleaseThatNeedsAttentionOneGoesBackToTheLastGoodOne() {
        deploy("1.0", "deployed");
        deploy("2.0", "deployed");
        deploy("3.0", "needs attention");

        assertEquals("2.0", journal().previous(Optional.of("3.0")).orElseThrow().version());
    }

    @Test
    void aMigrationThatTouchedNothingLeavesTheStateAsItWas() {
        deploy("1.0", "deployed");
        migration("begun");
        migration("failed", true);
        assertEquals(MigrationState.NONE, state());

        migration("begun");
        migration("begun");
        migration("failed", true);
        assertEquals(MigrationState.BEGUN, state());
    }

    @Test
    void anEventThatIsNotKnownIsPassedOver() {
        deploy("1.0", "deployed");
        lines.add(lines.get(1).replace("outcome\",\"id", "weather\",\"id").replace("deployed", "failed"));

        assertEquals("1.0 deployed", outcomes());
    }

    @Test
    void anOutcomeThatIsNotKnownIsNotGood() {
        deploy("1.0", "deployed");
        deploy("2.0", "deployed");
        lines.set(3, lines.get(3).replace("deployed", "half deployed"));

        assertEquals("1.0 deployed, 2.0 unknown", outcomes());
        assertEquals("2.0 unknown", journal().comparedTo(Optional.of("2.0")));
        assertEquals(List.of("app_1.0_all.deb"), journal().filesOfNewest(2));
    }

    @Test
    void theWordsOfBeforeAreRead() {
        deploy("1.0", "deployed");
        deploy("2.0", "needs attention");
        lines.replaceAll(line -> line.replace("\"deployed\"", "\"done\"").replace("needs attention", "stuck"));
        lines.add("{\"event\":\"way-back\",\"id\":\"id0\",\"state\":\"begun\"}");

        assertTrue(lines.get(1).contains("\"outcome\":\"done\""), lines.get(1));
        assertEquals("1.0 deployed, 2.0 needs attention", outcomes());
        assertEquals("2.0 needs attention", journal().comparedTo(Optional.of("2.0")));
        assertEquals("in sync", journal().comparedTo(Optional.of("1.0")));
        assertEquals("drift: journal has 1.0", journal().comparedTo(Optional.of("3.0")));
    }

    /** Of the newest release. */
    private MigrationState state() {
        var releases = journal().releases();
        return journal().migrated(releases.get(releases.size() - 1).version()).state();
    }

    private void migration(String state) {
        migration(state, false);
    }

    private void migration(String state, boolean untouched) {
        lines.add(Journal.migration("m", "me@here", state, untouched, List.of("entries.0001_initial"), null));
    }

    private void deploy(String version, String outcome) {
        var release = release(version, "deploy");
        lines.add(Journal.intent(release, TargetFacts.of(List.of())));
        lines.add(Journal.outcome(release.run(), ReleaseOutcome.of(outcome)));
    }

    private void rollback(String version, String left) {
        var release = release(version, "rollback");
        lines.add(Journal.intent(release, TargetFacts.of(List.of())));
        lines.add(Journal.outcome(release.run(), ReleaseOutcome.DEPLOYED, Optional.of(left)));
    }

    private Release release(String version, String action) {
        return new Release("id" + lines.size(), Instant.EPOCH, action, ReleaseId.of(version, "abc",
                List.of("app_" + version + "_all.deb"), List.of("sum")), "me@here",
                ReleaseOutcome.IN_PROGRESS);
    }

    private Journal journal() {
        return Journal.of(lines);
    }

    private String previous() {
        return journal().previous(journal().current().map(Release::version)).map(Release::version).orElse("none");
    }

    private String outcomes() {
        return journal().releases().stream().map(release -> release.version() + " " + release.outcome().text())
                .collect(Collectors.joining(", "));
    }
}
