package dragonfab.ops;

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
        assertEquals(List.of("-logtpre.iLsfxCIvu", "--log-format=%i", "--timeout=1800", "--bwlimit=300",
                "--max-delete=5", "--delete-delay", "--partial-dir", ".dragonfab-partial", "--temp-dir",
                ".dragonfab-arriving", "--info=STATS0"),
                Rsync.options("app1", "rsync --server -logtpre.iLsfxCIvu --log-format=%i --timeout=1800 --bwlimit=300"
                        + " --max-delete=5 --delete-delay --partial-dir .dragonfab-partial --temp-dir"
                        + " .dragonfab-arriving --info=STATS0 . ."));
    }

    @Test
    void soAreThoseThatFillAnEmptyFolder() {
        assertEquals(List.of("-logtpre.iLsfxCIvu", "--delete-excluded", "--inplace"),
                Rsync.options("app1", "rsync --server -logtpre.iLsfxCIvu --delete-excluded --inplace . ."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "rm -rf /", "rsync --server", "rsync --server -a . /etc", "rsync --server -a . . .",
        "rsync --server --sender -a . .", "rsync --server -a --log-file=/etc/passwd . .", "rsync --server -a;id . .",
        "rsync --server -a --temp-dir /etc . .", "rsync --server -a $(id) . .", "rsync --server -a --daemon . .",
        "rsync --server -e.Ls --copy-dest=/root . .", "rsync --server -a\nid . .", " rsync --server -a . ."})
    void aLineThatAsksForAnythingElseIsRefused(String line) {
        assertThrows(Failure.class, () -> Rsync.options("app1", line));
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
        assertEquals(OptionalLong.of(120), Rsync.travelled("sent 100 bytes  received 20 bytes  24.00 bytes/sec"));
        assertEquals(OptionalLong.empty(), Rsync.travelled("sent 100 bytes of something  received 20 bytes  24.00"));
    }

    @Test
    void whatIsNewIsCountedAtTheEnd() {
        assertEquals(OptionalInt.of(32), Rsync.made("Number of created files: 32 (reg: 25, dir: 7)"));
        assertEquals(OptionalInt.of(0), Rsync.made("Number of created files: 0"));
        assertEquals(OptionalInt.empty(), Rsync.made("Number of files: 32 (reg: 25, dir: 7)"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Number of files: 32 (reg: 25, dir: 7)", "Number of deleted files: 0",
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
