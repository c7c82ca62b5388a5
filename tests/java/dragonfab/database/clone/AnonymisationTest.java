package dragonfab.database.clone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dragonfab.config.Environment;
import dragonfab.config.Environments;
import dragonfab.database.Database;
import dragonfab.shell.Command;
import dragonfab.shell.Face;
import dragonfab.shell.Input;
import dragonfab.shell.Plain;
import dragonfab.shell.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnonymisationTest {
    private static final Database DATABASE = new Database("app", "app", null, null, null, "postgres", null);

    @TempDir
    Path folder;

    @Test
    void findingsNameTheReasonsAndWhatToDeclare() throws IOException {
        var facts = List.of(
                fact("users", "email", "text", "'values': 1000, 'emails': 812"),
                fact("users", "email_lower", "text", "'values': 9, 'generated': true, 'base': ['email']"),
                fact("users", "note", "text", "'values': 1000, 'emails': 1"),
                fact("users", "number", "text", "'values': 1000, 'phones': 199, 'ips': 200, 'ibans': 0"),
                fact("users", "extra", "json", "'values': 10, 'keys': 2"),
                fact("users", "phone", "text", "'values': 0"),
                fact("My Table", "E.Mail", "text", "'values': 1"),
                fact("part", "body", "text", "'foreign': true"),
                fact("part", "size", "int4", "'foreign': true"));

        assertEquals("""
                users.email: looks personal (its name; 812 of 1000 values look like e-mail addresses)
                users.email_lower: looks personal (its name), and is generated: declare users.email
                users.note: looks personal (1 of 1000 values look like e-mail addresses)
                users.number: looks personal (200 of 1000 values look like IP addresses)
                users.extra: looks personal (2 of 10 values look as if they had personal fields)
                "My Table"."E.Mail": looks personal (its name)
                part.body: cannot be looked at (a partition of it lies in another database)""",
                String.join("\n", rules("{a.b: keep}").findings(facts)));
        assertEquals("part.body: cannot be looked at (a partition of it lies in another database)",
                String.join("\n", rules("{users.email: email, users.note: keep, users.number: keep, users.extra: empty,"
                        + " '\"My Table\"': drop}").findings(facts)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "email|text|true", "EMail|text|true", "userEmail2|text|true", "e_mail_address|text|true",
        "email_verified|bool|false", "email_sent_at|date|false", "email_id|text|false", "phone|int8|true",
        "tax_id|text|true", "city_id|int4|false",
        "street|text|true", "date_of_birth|date|true", "geburtsdatum|date|true", "created_at|date|false",
        "password|text|true", "session_data|text|true", "first_name|text|true", "Nachname|text|true", "ip|inet|true",
        "api_token|uuid|true", "title|text|false", "description|text|false", "shipping|text|false", "name|text|false",
        "rental|text|false", "iban|text|true", "amount|numeric|false", "photo|bytea|false"})
    void columnsAreKnownByTheirNames(String name, String kind, boolean personal) {
        assertEquals(personal, PersonalDataNames.fit(name, kind));
    }

    @Test
    void whatIsDeclaredHasToBeThereAndToFit() throws IOException {
        var facts = List.of(fact("users", "email", "text", "'length': 23"),
                fact("users", "id", "int4", "'not_null': true"),
                fact("users", "lower", "text", "'generated': true, 'base': ['email']"),
                fact("users", "mail", "text", "'length': 24"), fact("users", "at", "date", ""),
                fact("shown", "email", "text", "'relation': 'v'"), fact("away", "email", "text", "'relation': 'f'"),
                fact("part_1", "email", "text", "'relation': 'partition'"),
                fact("part", "email", "text", "'foreign': true"));

        assertEquals("""
                users.email: is too short for email (23 letters; it takes 24)
                users.id: null is not allowed there
                users.lower: is generated: declare users.email
                users.at: hash does not fit its type
                users.gone: there is no such column
                gone.email: there is no such table
                other.users.email: there is no such table
                gone_too: there is no such table
                shown.email: is a view: declare the columns of its tables
                away: lies in another database: only keep may be said of it
                part_1.email: is a partition: declare the table that it is a part of
                part.email: has a partition in another database: only keep may be said of it""",
                String.join("\n", rules("""
                        {users.email: email, users.id: "null", users.lower: hash, users.at: hash, users.mail: email,
                        users.gone: keep, gone.email: keep, other.users.email: hash, gone_too: drop, shown.email: hash,
                        away: drop, part_1.email: hash, part.email: hash}""").missing(facts)));
        assertEquals(List.of(),
                rules("{users.at: fixed 2000-01-01, users.lower: keep, away.email: keep}").missing(facts));
    }

    @Test
    void rulesAndSaltAreReadAndNeverArguments() throws IOException {
        var rules = rules("{users.email: email, users.name: 'fixed a\\b', sessions: drop, users.city: keep}");
        var facts = List.of(fact("users", "email", "text", "'length': 254, 'folded': false"),
                fact("users", "name", "text", "'folded': true"), fact("users", "city", "text", ""));

        var command = rules.apply(DATABASE, "app__new", facts);

        assertEquals("[postgres] clone-anonymise app__new app", Face.of(command));
        assertEquals("***\n[{\"class\":\"text\",\"length\":254,\"folded\":false,"
                + "\"schema\":\"public\",\"table\":\"users\",\"column\":\"email\",\"rule\":\"email\",\"value\":null},"
                + "{\"class\":\"text\",\"length\":null,\"folded\":true,\"schema\":\"public\",\"table\":\"users\","
                + "\"column\":\"name\",\"rule\":\"fixed\",\"value\":\"a\\\\\\\\b\"},"
                + "{\"schema\":\"public\",\"table\":\"sessions\",\"column\":null,\"rule\":\"drop\",\"value\":null}]\n",
                shown(command));
        assertEquals("anonymise 2 columns of 1 table and empty 1 table", rules.title());
    }

    @Test
    void everyRunHasASaltOfItsOwn() throws IOException {
        var rules = rules("{users.email: email}");

        assertNotEquals(salt(rules.apply(DATABASE, "new", List.of())), salt(rules.apply(DATABASE, "new", List.of())));
    }

    @Test
    void theQuestionChangesNothingAndStatementsAreNoArguments() throws IOException {
        var rules = Anonymisation.of(environment(
                "after_clone: ['select ''a\\b''', second], site_domain: b.example.com"));

        assertEquals(true, rules.inspect(DATABASE, "new").question());
        assertEquals("[\"select 'a\\\\\\\\b'\",\"second\"]\n", shown(rules.runAfter(DATABASE, "new")));
        assertEquals("[postgres] clone-site new app -v domain=b.example.com",
                Face.of(rules.moveSite(DATABASE, "new")));
        assertFalse(rules.changes());
    }

    private static String salt(Command command) {
        return ((Secret) ((Input.Words) command.input()).words().get(0)).reveal();
    }

    private static String shown(Command command) {
        return String.join("", ((Input.Words) command.input()).words().stream()
                .map(word -> word instanceof Plain plain ? plain.value() : word.shown()).toList());
    }

    private static String fact(String table, String column, String kind, String more) {
        var has = "'schema': 'public', 'table': '%s', 'column': '%s', 'class': '%s'".formatted(table, column, kind);
        return ("{" + (more.contains("'relation'") ? "" : "'relation': 'r', ") + has
                + (more.contains("'length'") ? "" : ", 'length': null")
                + (more.contains("'base'") ? "" : ", 'base': []")
                + (more.isEmpty() ? "" : ", " + more) + "}").replace('\'', '"');
    }

    private Anonymisation rules(String rules) throws IOException {
        return Anonymisation.of(environment("anonymise: " + rules.replace("\n", " ")));
    }

    private Environment environment(String keys) throws IOException {
        var file = Files.writeString(folder.resolve("environments.yml"), "environments: {staging: {" + keys + "}}");
        return Environments.load(file).environment("staging", Map.of());
    }
}
