package dragonfab.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dragonfab.target.ScriptedConnector;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong on a command line takes one line, and where to read more is named. */
class UsageTest {

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', value = {
        "deploy, --dry-rnu, unknown option: '--dry-rnu' (did you mean --dry-run?)",
        "status, --jsno, unknown option: '--jsno' (did you mean --json?)",
        "status, --nothing-like-it, unknown option: '--nothing-like-it'",
        "lock, lxc, missing required parameter: 'hold|release'",
    })
    void isSaidInOneLine(String script, String word, String what) {
        var launch = Launch.of(script, new ScriptedConnector(), word);

        assertEquals(2, launch.exit());
        assertEquals("", launch.out());
        assertEquals(script + ": " + what + "\ntry: jbang " + script + "@dragonfab --help\n",
                launch.err());
    }
}
