package dragonfab.deb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dragonfab.report.Failure;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DebconfTest {

    @Test
    void aValueKeepsAllButTheOneBlankAfterItsType() {
        assertEquals("""
                app app/name string <it's  "so" >
                app app/empty string <>
                app app/on boolean <true>
                """, read("""
                # a comment

                app app/name string it's  "so"\s
                app app/empty string
                app\tapp/on\tboolean\ttrue
                """));
    }

    /** As debconf-set-selections takes them. */
    @Test
    void aLineMayBeginWithBlanksAndGoOnInTheNext() {
        assertEquals("app app/list multiselect <a, b, c>\napp app/on boolean <true>\n", read(
                "  app app/list multiselect a, \\\nb, \\\nc\n   # a comment\n\tapp app/on boolean true\n"));
    }

    @Test
    void referencesAreFilledInInValuesOnly() {
        assertEquals("app app/${x} string <filled>\n", read("app app/${x} string ${x}\n"));
    }

    @Test
    void aDebconfDatabaseIsReadTooAndItsPasswordsAreKeptAsSuch() {
        assertEquals("""
                app app/host string <db.example.com>
                other app/db_pass password <secret>
                """, read("""
                Name: app/host
                Template: app/host
                Value: db.example.com

                Name: app/db_pass
                Template: app/db_pass
                Value: secret
                Owners: other, app
                Flags: seen

                Name: app/unanswered
                Template: app/unanswered
                """));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "app app/x strin v|answers:1|strin is no type of a debconf question",
        "app app/x boolean yes|answers:1|app/x should be true or false",
        "app|answers:1|should be OWNER QUESTION TYPE VALUE"})
    void aLineThatDebconfWouldSwallowIsNamed(String line, String place, String what) {
        var failure = assertThrows(Failure.class, () -> read(line));

        assertEquals(place + ": " + what, failure.place() + ": " + failure.getMessage());
        assertEquals(2, failure.exit().code());
    }

    @Test
    void answersShowNoValueWhateverTheirType() {
        assertFalse(Debconf.read(Path.of("answers"), "app app/x string poison\n", text -> text).toString()
                .contains("poison"));
    }

    private static String read(String text) {
        return Debconf.read(Path.of("answers"), text, value -> value.replace("${x}", "filled")).stream()
                .map(answer -> answer.owner() + " " + answer.question() + " " + answer.type() + " <"
                        + answer.value().reveal() + ">\n")
                .collect(Collectors.joining());
    }
}
