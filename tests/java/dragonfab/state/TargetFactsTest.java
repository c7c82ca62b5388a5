package dragonfab.state;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetFactsTest {
    private static final String SUM = "0123456789abcdef".repeat(4);

    @Test
    void whatIsKeptIsFoundByItsBytes() {
        var facts = TargetFacts.of(List.of("kept " + SUM + " of_before_all.deb", "kept f00 a name.deb"));

        assertEquals(Map.of(SUM, "of_before_all.deb", "f00", "a name.deb"), facts.kept());
        assertEquals("of_before_all.deb", facts.nameOf(new Artifact("app_1.0_all.deb", SUM)));
        assertEquals("app_1.0_all.aaaaaaaaaaaaaaaa.deb",
                facts.nameOf(new Artifact("app_1.0_all.deb", "a".repeat(64))));
        assertEquals("app.aaaa", new Artifact("app", "aaaa").kept());
    }

    /** A target's word is data: no name of it leads out of the folder, or moves a cursor. */
    @ParameterizedTest
    @ValueSource(strings = {"kept f00", "kept", "kept  x.deb", "kept f00 ../x.deb", "kept f00 /x.deb",
        "kept f00 ..", "kept f00 a/b.deb", "kept f00 a\u001b[2J.deb", "kept f00 -x.deb",
        "kept f00 .x.deb", "kept f00 a\tb.deb"})
    void aNameThatIsNoneIsNotKept(String line) {
        assertEquals(Map.of(), TargetFacts.of(List.of(line)).kept());
    }
}
