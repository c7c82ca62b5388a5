package dragonfab.deb;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DebVersionTest {

    /** Each line as dpkg --compare-versions has it. */
    @ParameterizedTest
    @CsvSource({"1.0, 1.0, 0", "1.0, 1.1, -1", "1.9, 1.10, -1", "1.0~rc1, 1.0, -1", "1.0, 1.0+1.gabc, -1",
        "1.0+2.gfff, 1.0+10.gaaa, -1", "1:0.1, 9.9, 1", "1.0-1, 1.0-1.1, -1", "1.0-1, 1.0-2, -1", "1.0, 1.0-1, -1",
        "1.0-1+3.gabc, 1.0-2, -1", "1.0a, 1.0+, -1", "1.0.a, 1.0.1, 1", "2.10-3, 2.9-30, 1", "007, 7, 0",
        "1.0~~, 1.0~, -1", "20261121, 20261120, 1"})
    void sortsAsDpkgDoes(String first, String second, int order) {
        assertEquals(order, Integer.signum(new DebVersion(first).compareTo(new DebVersion(second))));
        assertEquals(-order, Integer.signum(new DebVersion(second).compareTo(new DebVersion(first))));
    }
}
