package dragonfab.state;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dragonfab.shell.KeyedLines;
import java.io.IOException;
import java.util.List;
import java.util.Map;
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
        assertEquals("2.0 in progress", compared(journal, "2.0"));
        assertEquals("1.0", journal.current().orElseThrow().version());
    }

    @Test
    void whatWasRolledBackIsNotWhatWasDeployedAgain() throws IOException {
        var journal = InstallationBefore.journal("good");

        assertEquals("1.0 deployed, 2.0 rolled back, 2.0 deployed", outcomes(journal));
        assertEquals("in sync", compared(journal, "2.0"));
        assertEquals("1.0", journal.previous(journal.current().map(Release::id)).orElseThrow().version());
        assertEquals(List.of("app_2.0_all.deb", "app_1.0_all.deb"),
                journal.artifactsOfNewest(5).stream().map(Artifact::name).toList());
    }

    @Test
    void aReleaseIsKnownByTheBytesOfItsPackage() throws IOException {
        var release = InstallationBefore.journal("good").meant("1.0").get(0);

        assertEquals(List.of(new Artifact("app_1.0_all.deb",
                "fd9fc6bf6e787761e3f5d012d13ad2ec60d0b7f3bdc75547b9d6615664daffef")), release.id().artifacts());
        assertEquals("deploy", release.action());
        assertEquals("root@vm", release.by());
    }

    /** What an earlier dragonfab wrote and what this one adds are one journal. */
    @Test
    void aRollbackIsAddedToIt() throws IOException {
        var before = InstallationBefore.journal("good");
        var back = new Release("new", before.meant("2.0").get(0).at().plusSeconds(60), "rollback",
                before.meant("1.0").get(0).id(), "me", ReleaseOutcome.IN_PROGRESS);
        var journal = Journal.of(Stream.concat(InstallationBefore.lines("good").stream(),
                Stream.of(Journal.intent(back, TargetFacts.of(List.of("running 2.0"))),
                        Journal.outcome("new", ReleaseOutcome.DEPLOYED,
                                Optional.of(before.meant("2.0").get(0).id()))))
                .toList());

        assertEquals("1.0 deployed, 2.0 rolled back, 2.0 reverted, 1.0 deployed", outcomes(journal));
        assertEquals("in sync", compared(journal, "1.0"));
    }

    /** That earlier dragonfab wrote down no bytes. */
    private static String compared(Journal journal, String running) {
        return new TargetFacts(Optional.of(running), Optional.empty(), Map.of(), false, false, false, journal,
                new KeyedLines(List.of())).comparedToJournal();
    }

    /** Its rollbacks wrote down the version alone. */
    @Test
    void whatARollbackLeftWasAVersion() throws IOException {
        var lines = new java.util.ArrayList<>(InstallationBefore.lines("good"));
        lines.add(Journal.intent(new Release("new", InstallationBefore.journal("good").meant("1.0").get(0).at(),
                "rollback", InstallationBefore.journal("good").meant("1.0").get(0).id(), "me",
                ReleaseOutcome.IN_PROGRESS), TargetFacts.of(List.of("running 2.0"))));
        lines.add("{\"event\":\"outcome\",\"id\":\"new\",\"outcome\":\"done\",\"left\":\"2.0\"}");

        assertEquals("1.0 deployed, 2.0 rolled back, 2.0 reverted, 1.0 deployed", outcomes(Journal.of(lines)));
    }

    private static String outcomes(Journal journal) {
        return journal.releases().stream().map(release -> release.version() + " " + release.outcome().text())
                .collect(Collectors.joining(", "));
    }
}
