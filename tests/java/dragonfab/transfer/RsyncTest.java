package dragonfab.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.report.Failure;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What rsync says, as 3.2 to 3.5 said it. */
class RsyncTest {

    @Test
    void theOptionsOfTheOtherHalfAreThoseOfItsLine() {
        assertEquals(List.of("-lHogtprSe.iLsfxCIvu", "--log-format=%i", "--timeout=1800", "--bwlimit=300",
                "--max-delete=5", "--delete-delay", "--partial-dir", ".dragonfab-partial", "--temp-dir",
                ".dragonfab-arriving", "--info=STATS0"),
                Rsync.options("app1", "rsync --server -lHogtprSe.iLsfxCIvu --log-format=%i --timeout=1800 --bwlimit=300"
                        + " --max-delete=5 --delete-delay --partial-dir .dragonfab-partial --temp-dir"
                        + " .dragonfab-arriving --info=STATS0 . .", Rsync.Way.REPLACE));
    }

    @Test
    void eachWayHasItsOwn() {
        for (var way : Rsync.Way.values()) {
            taken("-lHogtprSe.iLs --delete-excluded --timeout=5 --info=STATS2 --inplace", way, Rsync.Way.FILL);
            taken("-lHogtprSe.iLs --partial-dir .dragonfab-partial", way, Rsync.Way.REPLACE);
            taken("-nlHogtprSe.iLs --log-format=%i --max-delete=5 --delete-delay", way, Rsync.Way.DRY_RUN);
            taken("-Ie.LsfxCIvu --timeout=5 --info=STATS", way, Rsync.Way.DIFFERENCE);
        }
    }

    private static void taken(String options, Rsync.Way way, Rsync.Way theirs) {
        var line = "rsync --server " + options + " . .";
        if (way == theirs) {
            assertEquals(List.of(options.split(" ")), Rsync.options("app1", line, way));
        } else {
            assertThrows(Failure.class, () -> Rsync.options("app1", line, way), way + ": " + line);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "rm -rf /", "rsync --server", "rsync --server -a . /etc", "rsync --server -a . . .",
        "rsync --server --sender -a . .", "rsync --server -lHogtprSe.i --log-file=/etc/passwd . .",
        "rsync --server -lHogtprSe.i;id . .",
        "rsync --server -lHogtprSe.i --temp-dir /etc . .", "rsync --server -slHogtprSe.i . .",
        "rsync --server -logDtpre.i . .", "rsync --server -lHogtprSXe.i . .", "rsync --server -lHogtprSKe.i . .",
        "rsync --server -lHogtprSe.i -s . .", "rsync --server -lHogtprSe.i -lHogtprSse.i . .",
        "rsync --server --delete . .",
        "rsync --server -logtpre.i . .", "rsync --server -lHogtprSe.i $(id) . .",
        "rsync --server -lHogtprSe.i --daemon . .",
        "rsync --server -lHogtprSe.Ls --copy-dest=/root . .", "rsync --server -a\nid . .", " rsync --server -a . ."})
    void aLineThatAsksForAnythingElseIsRefused(String line) {
        for (var way : Rsync.Way.values()) {
            assertThrows(Failure.class, () -> Rsync.options("app1", line, way), way.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"    458752000  45%  109.38MB/s    0:00:04",
        "    458752000 100%  109.38MB/s    0:00:04 (xfr#1, to-chk=0/2)",
        "    458752000  45%    1.00kB/s   12:00:04 (xfr#1, ir-chk=10/20)  "})
    void bytesAreReadFromItsProgress(String line) {
        assertEquals(OptionalLong.of(458752000), Rsync.progress(line));
        assertFalse(Rsync.isChange(line));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<f+++++++++", "<f+++++++++ a b", ".d..t...... ./", "cL+++++++++ a -> /etc",
        "*deleting   x", ".f....og... a", "cd+++++++++ -rf", "<f.st......"})
    void changesAreTold(String line) {
        assertTrue(Rsync.isChange(line));
        assertEquals(line.startsWith("*"), Rsync.isDeletion(line));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "created directory /srv/media", "rsync error: some files could not be transferred",
        "cannot delete non-empty directory: sub", "sent 100 bytes  received 20 bytes"})
    void otherWordsAreNoChange(String line) {
        assertFalse(Rsync.isChange(line));
        assertEquals(OptionalLong.empty(), Rsync.progress(line));
    }

    @Test
    void bytesOfBothDirectionsAreReadFromItsLastWords() {
        assertEquals(OptionalLong.of(120), Rsync.transferred("sent 100 bytes  received 20 bytes  24.00 bytes/sec"));
        assertEquals(OptionalLong.empty(), Rsync.transferred("sent 100 bytes of something  received 20 bytes  24.00"));
    }

    @Test
    void filesAreCountedAtTheEnd() {
        assertEquals(OptionalInt.of(31), Rsync.files("Number of files: 32 (reg: 25, dir: 7)"));
        assertEquals(OptionalInt.of(0), Rsync.files("Number of files: 1 (dir: 1)"));
        assertEquals(OptionalInt.empty(), Rsync.files("Number of created files: 32 (reg: 25, dir: 7)"));
        assertEquals(OptionalInt.empty(), Rsync.files("Number of files: 99999999999"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Number of created files: 32 (reg: 25, dir: 7)", "Number of deleted files: 0",
        "Number of regular files transferred: 25", "Total file size: 85396 bytes", "Literal data: 85396 bytes",
        "Total transferred file size: 85396 bytes", "Matched data: 0 bytes", "File list size: 0",
        "File list generation time: 0.001 seconds", "Total bytes sent: 87461", "total size is 85396  speedup is 0.97"})
    void otherFiguresAreKnown(String line) {
        assertTrue(Rsync.isStatistic(line));
        assertFalse(Rsync.isStatistic("rsync: " + line + ": failed"));
    }

    @Test
    void codesHaveMeanings() {
        assertEquals("rsync ended with 23: some files did not come over", Rsync.meaning(23));
        assertEquals("rsync ended with 99", Rsync.meaning(99));
    }
}
