package dragonfab.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dragonfab.lab.LabExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** All cases of the suite: tests/faults/run, which names the seed, writes the report, or runs one case again. */
@Tag("faults")
@ExtendWith(LabExtension.class)
class LongFaultsTest {
    private static final long SEED = Long.getLong("dragonfab.faults.seed", 1);
    private static final List<String> ONLY = List.of(System.getProperty("dragonfab.faults.case", "").split(","));
    private static final String KIND = System.getProperty("dragonfab.faults.kind", "");
    private static final int FIRST = Integer.getInteger("dragonfab.faults.first", Integer.MAX_VALUE);
    private static final int SITES = Integer.getInteger("dragonfab.faults.sites", 2);

    @Test
    void noneBreaksTheInvariant() throws Exception {
        var cases = Case.all(SEED).stream()
                .filter(each -> ONLY.contains("") || ONLY.contains(String.valueOf(each.number())))
                .filter(each -> KIND.isEmpty() || each.shop().name().equals(KIND)).limit(FIRST).toList();

        var outcomes = new Suite(SITES).run(cases);

        if (cases.size() == Case.all(SEED).size()) {
            write(Path.of(System.getProperty("dragonfab.home"), "docs/faults.md"), outcomes);
        }
        assertEquals(List.of(), outcomes.stream().filter(outcome -> !outcome.well()).map(Outcome::fault).toList());
        assertEquals(cases.size(), outcomes.size());
    }

    private static void write(Path report, List<Outcome> outcomes) throws IOException {
        var head = Files.readString(report).lines().takeWhile(line -> !line.startsWith("## The last run")).toList();
        Files.write(report, Stream.concat(head.stream(), new Report(SEED, outcomes).lines().stream()).toList());
    }
}
