package dragonfab.database.clone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.config.ColumnRule;
import dragonfab.config.Environment;
import org.junit.jupiter.params.provider.EnumSource;
import dragonfab.config.RuleSet;
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
                fact("part", "body", "text", "'foreign': true, 'told': true"),
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

    @Test
    void whatIsFoundInTypesMadeOfOthersAndInAllRowsIsNamed() throws IOException {
        var facts = List.of(
                fact("users", "card", "other", "'values': 7, 'fields': {'mail': 'text', 'at': 'date'}"),
                fact("users", "empty", "other", "'values': 0, 'fields': {'mail': 'text'}"),
                fact("users", "rare", "text", "'values': 1000, 'emails': 0, 'emails_of_all': 2, 'rows': 500000"),
                fact("users", "once", "text", "'values': 1000, 'sure_phones': 1, 'phones': 3"),
                fact("users", "digits", "text", "'values': 50, 'phones': 0, 'digits': 50, 'prefixes': 9"),
                fact("users", "counted", "text", "'values': 50, 'phones': 0, 'digits': 50, 'prefixes': 1"),
                fact("users", "way", "text", "'values': 100, 'places': 5"),
                fact("users", "few", "text", "'values': 100, 'places': 4, 'ibans': 0"),
                fact("users", "box", "other", "'values': 100, 'devices': 20"),
                fact("users", "boxes", "text", "'values': 100, 'devices': 19"),
                fact("users", "pay", "text", "'values': 100, 'ibans': 1"));

        assertEquals("""
                users.card: looks personal (its field mail)
                users.rare: looks personal (2 of 500000 values look like e-mail addresses)
                users.once: looks personal (3 of 1000 values look like phone numbers)
                users.digits: looks personal (50 of 50 values look like phone numbers)
                users.way: looks personal (5 of 100 values look like postal addresses)
                users.box: looks personal (20 of 100 values look like hardware addresses)
                users.pay: looks personal (1 of 100 values look like bank accounts)""",
                String.join("\n", rules("{a.b: keep}").findings(facts)));
    }

    @Test
    void whatCannotBeSearchedIsNamedUnlessItIsDeclared() throws IOException {
        var facts = List.of(
                fact("users", "odd", "other", "'told': true, 'values': 3, 'unknown': ['odd.code']"),
                fact("users", "none", "other", "'told': true, 'values': 0, 'unknown': ['odd.code']"),
                fact("users", "photo", "bytea", "'told': true, 'values': 9, 'binary': 8, 'sizes': 9, 'largest': 64"),
                fact("users", "digest", "bytea", "'told': true, 'values': 9, 'binary': 9, 'sizes': 1, 'largest': 32"),
                fact("users", "hidden", "text", "'told': true, 'failed': '42501'"),
                fact("(large objects)", "data", "bytea", "'relation': 'lo', 'values': 2, 'binary': 1"));

        assertEquals("""
                users.odd: cannot be looked at (nothing is known of the type odd.code)
                users.photo: cannot be looked at (8 of 9 values are no text)
                users.hidden: cannot be looked at (error 42501)
                (large objects): cannot be looked at (1 of 2 values are no text)""",
                String.join("\n", rules("{a.b: keep}").findings(facts)));
        assertEquals(List.of(), rules("{users.odd: keep, users.photo: empty, users.hidden: hash,"
                + " (large objects): keep}").findings(facts));
    }

    @Test
    void textsThatDifferAreAQuestionAndOtherFindingsAreNone() throws IOException {
        var differ = "'values': 50, 'different': 40, 'worded': 25";
        var facts = List.of(
                fact("books", "title", "text", differ),
                fact("books", "email", "text", differ),
                fact("books", "slug", "text", "'values': 50, 'different': 50, 'worded': 24"),
                fact("books", "kind", "text", "'values': 50, 'different': 39, 'worded': 50"),
                fact("books", "few", "text", "'values': 9, 'different': 9, 'worded': 9"),
                fact("books", "extra", "json", differ));

        assertEquals(List.of("books.title: is it personal? (40 of 50 values are different)"),
                rules("{a.b: keep}").questions(facts));
        assertEquals(List.of(), rules("{books.title: keep}").questions(facts));
    }

    @Test
    void largeObjectsAreInNoTable() throws IOException {
        var objects = List.of(fact("(large objects)", "data", "bytea", "'relation': 'lo', 'values': 2, 'emails': 1"));
        var rules = rules("{(large objects): drop}");

        assertEquals(List.of(), rules.missing(objects));
        assertEquals(List.of(), rules.findings(objects));
        assertEquals(List.of("(large objects): looks personal (1 of 2 values look like e-mail addresses)"),
                rules("{a.b: keep}").findings(objects));
        assertFalse(rules.changes());
        assertEquals(true, rules.dropsLargeObjects());
        assertEquals(false, rules("{(large objects): keep}").dropsLargeObjects());
        assertEquals("[postgres] anonymise-large-objects app__new app",
                Face.of(rules.dropLargeObjects(DATABASE, "app__new")));
    }

    @Test
    void thePatternsAreAsciiForDatabasesOfAnyEncoding() throws IOException {
        var patterns = shown(rules("{a.b: keep}").inspect(DATABASE, "new"));

        assertEquals(2, patterns.lines().count());
        assertEquals("", patterns.replaceAll("\\p{ASCII}", ""));
        assertEquals(true, patterns.contains("|\\\\u0442\\\\u0435\\\\u043b"), "телефон");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "line1|text|true", "shipping_line_2|text|true", "search_text|text|true", "author|text|true",
        "author_id|int4|false", "kunde|text|true", "ansprechpartner|text|true", "geb_dat|date|true",
        "GebDatum|date|true", "client|text|true", "téléphone|text|true", "fecha_nac|date|true", "usuario|text|true",
        "cellulare|int8|true", "endereço|text|true", "klantnaam|text|true", "nazwisko|text|true",
        "имя|text|true", "дата_рождения|date|true", "familiya|text|true", "müşteri|text|true", "ad_soyad|text|true",
        "lianxiren|text|true", "手机|text|true", "氏名|text|true", "tantousha|text|true", "line|text|false",
        "order_line|int4|false", "authored|bool|false", "authority|text|false", "kundennummer_id|text|false",
        "path|text|false", "nom|text|false", "portal|text|false"})
    void columnsAreKnownInOtherLanguagesToo(String name, String kind, boolean personal) {
        assertEquals(personal, PersonalDataNames.fit(name, kind));
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

    @ParameterizedTest
    @CsvSource({"empty,other,true", "empty,xml,true", "empty,range,true", "empty,composite,true", "empty,date,false",
        "empty,int4,false", "email,json,true", "hash,json,true", "text,json,true", "text,other,false",
        "hash,composite,false"})
    void rulesGoWithTypesThatHoldOthers(String rule, String kind, boolean fits) throws IOException {
        var missing = rules("{a.b: " + rule + "}").missing(List.of(fact("a", "b", kind, "")));

        assertEquals(fits ? List.of() : List.of("a.b: " + rule + " does not fit its type"), missing);
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
    void aSetHasRulesForWhatIsThereAndYoursWin() throws IOException {
        var facts = List.of(fact("auth_user", "email", "text", "'emails': 3, 'values': 3"),
                fact("auth_user", "username", "text", ""), fact("django_session", "session_data", "text", ""),
                fact("shop_order", "mail", "text", "'emails': 3, 'values': 3"));
        var rules = Anonymisation.of(environment(
                "anonymise: {auth_user.email: 'null'}, anonymise_sets: [django, wagtail]")).withSetsFor(facts);

        assertEquals(List.of(), rules.missing(facts));
        assertEquals("anonymise 2 columns of 1 table and empty 1 table", rules.title());
        assertEquals(List.of("null", "hash", "drop"), rules.rules().rules().stream().map(rule -> rule.rule().word())
                .toList());
        assertEquals(List.of("shop_order.mail"), rules.findings(facts).stream()
                .map(line -> line.substring(0, line.indexOf(':'))).toList());
    }

    @Test
    void aSetHoldsInEverySchemaThatHasItsTables() throws IOException {
        var there = "'schema': 'Tenant', 'emails': 3, 'values': 3";
        var facts = List.of(fact("auth_user", "email", "text", there), fact("auth_user", "email", "text", ""),
                fact("django_session", "session_data", "text", there),
                fact("auth_user", "password", "text", "'schema': 'seen', 'relation': 'v'"));
        var rules = Anonymisation.of(environment(
                "anonymise: {'\"Tenant\".django_session.session_data': empty}, anonymise_sets: [django]"))
                .withSetsFor(facts);

        assertEquals(List.of(), rules.missing(facts));
        assertEquals(List.of(), rules.findings(facts));
        assertEquals("[\"Tenant\".auth_user.email, \"Tenant\".django_session.session_data, auth_user.email]",
                rules.rules().rules().stream().map(ColumnRule::name).sorted().toList().toString());
    }

    @Test
    void aUserModelOfYourOwnHasTheRulesOfDjangos() throws IOException {
        var own = List.of("password text", "last_login date", "is_superuser bool", "is_staff bool", "is_active bool",
                "date_joined date", "email text", "phone text");
        var facts = new java.util.ArrayList<String>();
        for (var column : own) {
            facts.add(fact("accounts_member", column.split(" ")[0], column.split(" ")[1], "'values': 3"));
        }
        for (var column : own.subList(0, 3)) {
            facts.add(fact("door", column.split(" ")[0], column.split(" ")[1], "'values': 3"));
        }
        var rules = Anonymisation.of(environment("anonymise_sets: [django]")).withSetsFor(facts);

        assertEquals(List.of("accounts_member.email: email", "accounts_member.password: fixed"), rules.rules().rules()
                .stream().map(rule -> rule.name() + ": " + rule.rule().word()).sorted().toList());
        assertEquals("accounts_member.phone: looks personal (its name)\ndoor.password: looks personal (its name)",
                String.join("\n", rules.findings(facts)));
        assertEquals(List.of("django"), rules("{}").fitting(facts));
    }

    @Test
    void aRefusedCloneNamesTheSetsThatWouldHelp() throws IOException {
        var facts = List.of(fact("auth_user", "email", "text", "'emails': 3, 'values': 3"),
                fact("reviews_productreview", "email", "text", "'emails': 3, 'values': 3"));

        assertEquals(List.of("django", "oscar"), rules("{}").fitting(facts));
        assertEquals(List.of("oscar"), rules("{auth_user.email: email}").fitting(facts));
    }

    @ParameterizedTest
    @EnumSource
    void aSetHasEachColumnOnce(RuleSet set) {
        assertEquals(set.rules().size(), set.rules().stream().map(ColumnRule::name).distinct().count());
        assertTrue(set.rules().size() > 2);
        // What is not personal in one project may be so in another, and is looked at.
        assertTrue(set.rules().stream().noneMatch(rule -> rule.rule() == ColumnRule.Rule.KEEP));
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
        var has = "'table': '%s', 'column': '%s', 'class': '%s'".formatted(table, column, kind);
        return ("{" + (more.contains("'schema'") ? "" : "'schema': 'public', ")
                + (more.contains("'relation'") ? "" : "'relation': 'r', ") + has
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
