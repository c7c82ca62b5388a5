package dragonfab.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
        assertEquals("2.0", journal().meant("2.0").get(0).version());
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

        assertEquals(List.of("app_2.0_all.deb", "app_1.0_all.deb"), filesOfNewest(2));
    }

    @Test
    void whatIsKnownToBeWrittenNextReadsTheSameAsWhenItIs() {
        deploy("1.0", "deployed");
        deploy("2.0", "deployed");
        deploy("3.0", "failed");
        var before = journal();
        var release = release("1.0", "rollback");

        rollback("1.0", "2.0");

        assertEquals(journal(), before.and(release, Optional.of(release("2.0", "deploy").id())));
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

        assertEquals("2.0", journal().previous(Optional.of(release("3.0", "deploy").id())).orElseThrow().version());
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
        assertEquals("2.0 unknown", compared("2.0"));
        assertEquals(List.of("app_1.0_all.deb"), filesOfNewest(2));
    }

    @Test
    void theWordsOfBeforeAreRead() {
        deploy("1.0", "deployed");
        deploy("2.0", "needs attention");
        lines.replaceAll(line -> line.replace("\"deployed\"", "\"done\"").replace("needs attention", "stuck"));
        lines.add("{\"event\":\"way-back\",\"id\":\"id0\",\"state\":\"begun\"}");

        assertTrue(lines.get(1).contains("\"outcome\":\"done\""), lines.get(1));
        assertEquals("1.0 deployed, 2.0 needs attention", outcomes());
        assertEquals("2.0 needs attention", compared("2.0"));
        assertEquals("in sync", compared("1.0"));
        assertEquals("drift: journal has 1.0", compared("3.0"));
    }

    private static final String A = "aaaa" + "0".repeat(60);
    private static final String B = "bbbb" + "0".repeat(60);

    /** Two builds of one version: what runs is told by its bytes, and by the journal where nobody wrote them down. */
    @Test
    void ofTwoBuildsOfAVersionTheOneThatWasRolledBackDoesNotRun() {
        deploy("1.0", "deployed");
        build(A, "deployed");
        build(B, "rolled back");

        assertEquals(A, facts("running 1.1").runningRelease().orElseThrow().id().checksum());
        assertEquals("in sync", compared("1.1"));
        assertEquals("1.0", previousOf("running 1.1"));
        assertEquals(B, facts("running 1.1", "running-checksum " + B).runningRelease().orElseThrow().id().checksum());
        assertEquals("1.1 rolled back", facts("running 1.1", "running-checksum " + B).comparedToJournal());
    }

    @Test
    void theBuildBeforeIsAReleaseToGoBackTo() {
        build(A, "deployed");
        build(B, "deployed");

        assertEquals(A, facts("running 1.1").journal().previous(facts("running 1.1").runningRelease()
                .map(Release::id)).orElseThrow().id().checksum());
        assertEquals("drift: journal has 1.1 with other bytes",
                facts("running 1.1", "running-checksum " + A).comparedToJournal());
        assertEquals(List.of(B, A), journal().artifactsOfNewest(2).stream().map(Artifact::sha256).toList());
        assertEquals(List.of(B), journal().artifactsOfNewest(1).stream().map(Artifact::sha256).toList());
    }

    @Test
    void aRollbackFromOneBuildToTheOtherRevertsThatAlone() {
        build(A, "deployed");
        build(B, "deployed");
        var back = build(A);
        lines.add(Journal.intent(back, TargetFacts.of(List.of())));
        lines.add(Journal.outcome(back.run(), ReleaseOutcome.DEPLOYED, Optional.of(build(B).id())));

        assertEquals("1.1 deployed, 1.1 reverted, 1.1 deployed", outcomes());
        assertEquals("none", previousOf("running 1.1", "running-checksum " + A));
    }

    @Test
    void ofTwoBuildsOfAVersionTheOneThatCameFirstIsBefore() {
        build(A, "deployed");
        build(B, "deployed");
        build(A, "deployed");

        assertTrue(facts("running 1.1", "running-checksum " + A).ranBefore(build(B).id()));
        assertFalse(facts("running 1.1", "running-checksum " + B).ranBefore(build(A).id()));
        assertFalse(facts("running 1.1", "running-checksum " + A).ranBefore(build(A).id()));
    }

    @Test
    void whatSomebodyElseInstalledIsNoReleaseOfOurs() {
        build(A, "deployed");

        var facts = facts("running 1.1", "running-checksum foreign");

        assertEquals("drift: journal has 1.1 with other bytes", facts.comparedToJournal());
        assertEquals(Optional.empty(), facts.runningRelease());
        assertEquals(A, facts.journal().previous(Optional.empty()).orElseThrow().id().checksum());
    }

    @Test
    void aReleaseIsNamedByItsVersionOrByTheStartOfItsChecksum() {
        deploy("1.0", "deployed");
        build(A, "deployed");
        build(B, "deployed");
        build(A, "deployed");

        assertEquals(List.of(B, A), journal().meant("1.1").stream().map(each -> each.id().checksum()).toList());
        assertEquals(List.of(A), journal().meant("AAAA0").stream().map(each -> each.id().checksum()).toList());
        assertEquals(List.of(), journal().meant("aaa"));
        assertEquals(1, journal().meant("1.0").size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"event\":\"intent\"}", "[]", "7", "\"intent\"", "null", "[{\"event\":\"intent\"}]",
        "{\"event\":\"intent\",\"id\":\"x\",\"version\":\"9\"}",
        "{\"event\":\"intent\",\"id\":\"x\",\"at\":\"yesterday\",\"version\":\"9\"}",
        "{\"event\":\"intent\",\"id\":5,\"at\":\"2026-01-01T00:00:00Z\",\"version\":\"9\"}",
        "{\"event\":\"intent\",\"id\":\"x\",\"at\":\"2026-01-01T00:00:00Z\",\"version\":9}",
        "{\"event\":\"intent\",\"id\":\"x\",\"at\":\"2026-01-01T00:00:00Z\",\"version\":\"9\",\"files\":\"f\"}",
        "{\"event\":\"intent\",\"id\":\"x\",\"at\":\"2026-01-01T00:00:00Z\",\"version\":\"9\",\"files\":[1]}",
        "{\"event\":\"intent\",\"id\":\"x\",\"at\":\"2026-01-01T00:00:00Z\",\"version\":\"9\",\"checksums\":[null]}",
        "{\"event\":\"outcome\",\"id\":\"id0\",\"outcome\":3}", "{\"event\":\"outcome\",\"id\":\"id0\"}",
        "{\"event\":\"migration\"}", "{\"event\":\"migration\",\"state\":[\"begun\"],\"pending\":7}",
        "{\"event\":[\"intent\"]}", "{\"event\":\"service\",\"state\":{}}", "{}"})
    void aLineThatIsJsonAndNoneOfOursIsPassedOver(String line) {
        deploy("1.0", "deployed");
        var before = journal();

        lines.add(line);

        assertEquals(before, journal());
    }

    private String previousOf(String... facts) {
        return journal().previous(facts(facts).runningRelease().map(Release::id)).map(Release::version).orElse("none");
    }

    /** Version 1.1 of those bytes. */
    private Release build(String checksum) {
        return new Release("id" + lines.size(), Instant.EPOCH, "deploy", ReleaseId.of("1.1", "abc",
                List.of("app_1.1_all.deb"), List.of(checksum)), "me@here", ReleaseOutcome.IN_PROGRESS);
    }

    private void build(String checksum, String outcome) {
        var release = build(checksum);
        lines.add(Journal.intent(release, TargetFacts.of(List.of())));
        lines.add(Journal.outcome(release.run(), ReleaseOutcome.of(outcome)));
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
        lines.add(Journal.outcome(release.run(), ReleaseOutcome.DEPLOYED, Optional.of(release(left, "deploy").id())));
    }

    private Release release(String version, String action) {
        return new Release("id" + lines.size(), Instant.EPOCH, action, ReleaseId.of(version, "abc",
                List.of("app_" + version + "_all.deb"), List.of("sum of " + version)), "me@here",
                ReleaseOutcome.IN_PROGRESS);
    }

    private Journal journal() {
        return Journal.of(lines);
    }

    private String previous() {
        return journal().previous(journal().current().map(Release::id)).map(Release::version).orElse("none");
    }

    private List<String> filesOfNewest(int count) {
        return journal().artifactsOfNewest(count).stream().map(Artifact::name).toList();
    }

    /** Where that version runs, and the target has written down no bytes of it. */
    private String compared(String running) {
        return facts("running " + running).comparedToJournal();
    }

    private TargetFacts facts(String... more) {
        return TargetFacts.of(Stream.concat(Stream.of(more), lines.stream().map(line -> "journal " + line)).toList());
    }

    private String outcomes() {
        return journal().releases().stream().map(release -> release.version() + " " + release.outcome().text())
                .collect(Collectors.joining(", "));
    }
}
