package dragonfab.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ColumnRulesTest {
    @TempDir
    Path folder;

    @Test
    void namesAreReadAsSqlReadsThem() {
        var rules = read("""
                anonymise:
                  Auth_User.Email: email
                  '"My Table"."E.Mail"': hash
                  audit."Log".ip: ip
                  '"a""b".c': "fixed  two words"
                  public.users.phone: null
                  sessions: drop
                  audit.raw: drop
                """);

        assertEquals("""
                public|auth_user|email|EMAIL|null
                public|My Table|E.Mail|HASH|null
                audit|Log|ip|IP|null
                public|a"b|c|FIXED| two words
                public|users|phone|NULL|null
                public|sessions|null|DROP|null
                audit|raw|null|DROP|null
                """, rules.rules().stream().map(rule -> String.join("|", rule.schema(), rule.table(),
                String.valueOf(rule.column()), rule.rule().name(), String.valueOf(rule.value())) + "\n")
                .collect(Collectors.joining()));
        assertEquals("\"My Table\".\"E.Mail\"", rules.rules().get(1).name());
        assertEquals("users.phone", rules.rules().get(4).name());
        assertTrue(rules.of("audit", "raw", "anything").isPresent());
        assertFalse(rules.of("public", "raw", "anything").isPresent());
    }

    @Test
    void largeObjectsAreKeptOrDropped() {
        var rules = read("anonymise: {(large objects): keep}");

        assertEquals("(large objects)", rules.rules().get(0).name());
        assertTrue(rules.rules().get(0).ofLargeObjects());
        assertTrue(rules.of("public", "(large objects)", "data").isPresent());
        assertEquals("should be keep or drop", assertThrows(
                IllegalArgumentException.class, () -> ColumnRule.of("(large objects)", "hash")).getMessage());
    }

    @Test
    void offIsWrittenAndNoKeyIsNotOff() {
        assertTrue(read("anonymise: off").off());
        assertNull(read("db_name: x"));
    }

    @Test
    void nullIsAWordOnTheCommandLineToo() {
        var environments = new Written(folder).load("environments: {staging: {db_name: x}}");

        var rules = environments.environment("staging", Map.of("anonymise", "{a.b: null}")).get(Key.ANONYMISE);

        assertEquals(ColumnRule.Rule.NULL, rules.rules().get(0).rule());
    }

    @Test
    void aFixedValueMayComeFromElsewhere() {
        var rules = new Written(folder).staging("anonymise: {a.b: 'fixed ${env:HASH}'}", "HASH", "pbkdf2")
                .get(Key.ANONYMISE);

        assertEquals("pbkdf2", rules.rules().get(0).value());
    }

    private ColumnRules read(String keys) {
        return new Written(folder).staging(keys).get(Key.ANONYMISE);
    }
}
