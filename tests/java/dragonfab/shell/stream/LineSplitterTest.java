package dragonfab.shell.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineSplitterTest {
    private static final int LONGEST = 16 * 1024;

    private final List<String> heard = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 4096, LONGEST, 100_000})
    void howTheBytesAreCutMakesNoDifference(int size) {
        var longest = "x".repeat(LONGEST);
        var said = ("one\n\ntwo\r 10%\r\nü\n" + longest + "\n" + longest + "y\n" + longest + longest + "z")
                .getBytes(StandardCharsets.UTF_8);
        try (var lines = new LineSplitter(heard::add)) {
            for (int begin = 0; begin < said.length; begin += size) {
                lines.write(said, begin, Math.min(size, said.length - begin));
            }
        }
        assertEquals(List.of("one", "two", " 10%", "ü", longest, longest, "y", longest, longest, "z"), heard);
    }
}
