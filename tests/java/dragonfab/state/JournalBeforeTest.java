package dragonfab.state;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A journal that an earlier dragonfab wrote says the same to this one. */
class JournalBeforeTest {

    @Test
    void oneThatWasCutOffIsUnfinished() throws IOException {
        var journal = InstallationBefore.journal("cut-off");

        assertEquals("1.0 deployed, 2.0 in progress", outcomes(journal));
        assertEquals("2.0 in progress", journal.comparedTo(Optional.of("2.0")));
        assertEquals("1.0", journal.current().orElseThrow().version());
    }

    @Test
    void whatWasRolledBackIsNotWhatWasDeployedAgain() throws IOException {
        var journal = InstallationBefore.journal("good");

        assertEquals("1.0 deployed, 2.0 rolled back, 2.0 deployed", outcomes(journal));
        assertEquals("in sync", journal.comparedTo(Optional.of("2.0")));
        assertEquals("1.0", journal.previous(Optional.of("2.0")).orElseThrow().version());
        assertEquals(List.of("app_2.0_all.deb", "app_1.0_all.deb"), journal.filesOfNewest(5));
    }

    @Test
    void aReleaseIsKnownByTheBytesOfItsPackage() throws IOException {
        var release = InstallationBefore.journal("good").of("1.0").orElseThrow();

        assertEquals(List.of(new Artifact("app_1.0_all.deb",
                "fd9fc6bf6e787761e3f5d012d13ad2ec60d0b7f3bdc75547b9d6615664daffef")), release.id().artifacts());
        assertEquals("deploy", release.action());
        assertEquals("root@vm", release.by());
    }

    /** What an earlier dragonfab wrote and what this one adds are one journal. */
    @Test
    void aRollbackIsAddedToIt() throws IOException {
        var before = InstallationBefore.journal("good");
        var back = new Release("new", before.of("2.0").orElseThrow().at().plusSeconds(60), "rollback",
                before.of("1.0").orElseThrow().id(), "me", ReleaseOutcome.IN_PROGRESS);
        var journal = Journal.of(Stream.concat(InstallationBefore.lines("good").stream(),
                Stream.of(Journal.intent(back, TargetFacts.of(List.of("running 2.0"))),
                        Journal.outcome("new", ReleaseOutcome.DEPLOYED, Optional.of("2.0")))).toList());

        assertEquals("1.0 deployed, 2.0 rolled back, 2.0 reverted, 1.0 deployed", outcomes(journal));
        assertEquals("in sync", journal.comparedTo(Optional.of("1.0")));
    }

    private static String outcomes(Journal journal) {
        return journal.releases().stream().map(release -> release.version() + " " + release.outcome().text())
                .collect(Collectors.joining(", "));
    }
}
