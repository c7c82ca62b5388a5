package dragonfab.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.report.Exit;
import dragonfab.report.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every case of configs/bad.txt: a name, a file, and all that is said of it. */
class BadFilesTest {

    @TempDir
    Path folder;

    @TestFactory
    List<DynamicTest> tellsAllProblemsWithTheirLines() throws IOException {
        var cases = new ArrayList<DynamicTest>();
        for (var text : table().split("(?m)^=== ")) {
            if (!text.isBlank()) {
                cases.add(DynamicTest.dynamicTest(text.lines().findFirst().orElseThrow(), () -> check(text)));
            }
        }
        return cases;
    }

    @Test
    void thereAreManyOfThem() throws IOException {
        assertTrue(tellsAllProblemsWithTheirLines().size() >= 60);
    }

    private void check(String text) {
        var parts = text.substring(text.indexOf('\n') + 1).split("(?m)^==>\n", 2);

        var failure = assertThrows(Failure.class, () -> new Written(folder).load(parts[0]));

        assertEquals(Exit.USAGE, failure.exit());
        assertEquals("environments.yml", failure.place());
        assertEquals(parts[1].strip(), String.join("\n", failure.tail()));
        var count = failure.tail().size();
        assertEquals(count == 1 ? "1 problem" : count + " problems", failure.getMessage());
    }

    private static String table() throws IOException {
        try (var in = BadFilesTest.class.getResourceAsStream("/configs/bad.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
