package dragonfab.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.report.Failure;
import java.util.List;
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
    void codesHaveMeanings() {
        assertEquals("rsync ended with 23: some files did not come over", Rsync.meaning(23));
        assertEquals("rsync ended with 99", Rsync.meaning(99));
    }
}
