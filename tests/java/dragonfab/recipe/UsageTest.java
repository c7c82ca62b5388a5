package dragonfab.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dragonfab.target.ScriptedConnector;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong on a command line takes one line, and where to read more is named. */
class UsageTest {

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', value = {
        "lock, hodl, hodl: not one of hold or release (did you mean hold?)",
        "web-mode, maintenanc, maintenanc: not one of maintenance; live or status"
                + " (did you mean maintenance?)",
        "web-mode, OFF, OFF: not one of maintenance; live or status",
        "lxc, STRAT, STRAT: not one of create; start; stop; remove; list; shell; snapshot or restore"
                + " (did you mean start?)",
        "rollback, --database=kepe, --database: kepe: not one of keep or restore (did you mean keep?)",
    })
    void anEnumerationIsNamedInLowerCase(String script, String word, String what) {
        var launch = Launch.of(script, new ScriptedConnector(), "production", word);

        assertEquals(2, launch.exit());
        assertEquals(script + ": " + what.replace(";", ",") + "\ntry: jbang " + script + "@dragonfab --help\n",
                launch.err());
    }

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
