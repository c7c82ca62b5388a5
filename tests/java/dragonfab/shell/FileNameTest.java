package dragonfab.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.state.TargetFacts;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Another machine names a file, and that leads nowhere else. */
class FileNameTest {

    @ParameterizedTest
    @ValueSource(strings = {"app_1.0_all.deb", "app_1%3a1.0~rc1+b2_all.deb", "a b", "ü"})
    void aNameOfOneFolder(String name) {
        assertTrue(FileName.isPlain(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "../app.deb", "/etc/passwd", "a/b", ".hidden", "a\nkept x y", "a\u001b[2J"})
    void whatLeadsElsewhere(String name) {
        assertFalse(FileName.isPlain(name));
    }

    @Test
    void whatATargetSaysThatItKeepsIsTakenAsFarAsItIsAName() {
        var facts = TargetFacts.of(List.of("kept 0a app_1.0_all.deb", "kept 0b ../../root/.ssh/id", "kept", "kept 0c"));

        assertEquals(Map.of("0a", "app_1.0_all.deb"), facts.kept());
    }
}
