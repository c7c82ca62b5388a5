package dragonfab.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The docs speak the field's language. */
class WordsTest {
    /** Of installations of before: their names are what people find on a target. */
    private static final String BEFORE = "An older installation named the folder `way-back` and its units"
            + " `dragonfab-way-back-*`";

    @Test
    void noPageHasAWordOfBefore() throws IOException {
        var complaints = Pages.all().flatMap(page -> Wording.complaints(Pages.name(page),
                Pages.lines(page).stream().map(line -> line.replace(BEFORE, "")).toList()).stream()).toList();

        assertEquals(List.of(), complaints);
    }

    @ParameterizedTest
    @ValueSource(strings = {"the way back is armed", "--no-way-back", "dragonfab-way-back-shop", "the journal agrees",
        "`journal says 2.0`", "2.1 is stuck", "health `well`", "when it is well", "changed    here: clone vanilla",
        "here       ok     package shop.deb", "1     deb-build   here", "| `here` |", "from: here", "`left`", "`runs`",
        "packages unfinished", "a site closed", "it is taken back", "proven and armed", "a target could not be told",
        "it hears from it", "a look proves nothing", "lock on hold", "whoever deploys"})
    void theseWordsAreFound(String line) {
        assertEquals(1, Wording.complaints("page.md", List.of(line)).size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"here and there", "journal `in sync`", "it is deployed as well", "what is left beside it",
        "changed    local: clone vanilla", "the same from this machine", "`unfinished`"})
    void theseAreNot(String line) {
        assertEquals(List.of(), Wording.complaints("page.md", List.of(line)));
    }
}
