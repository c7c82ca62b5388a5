package dragonfab.database.clone;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dragonfab.recipe.Launch;
import dragonfab.target.ScriptedConnector;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnonymiserTest {
    private static final String ASK = "[postgres] anonymise-facts app__new app";

    final ScriptedConnector world = new ScriptedConnector();

    @Test
    void changesThenMovesTheSiteThenRunsTheProjectsOwnSql() {
        world.at("app.test").answering(ASK, fact("email", 7)).answering("[postgres] clone-site app__new app"
                + " -v domain=b.example.com", "changed\n");

        var launch = launch("anonymise: {users.email: email}, after_clone: [one, two], site_domain: b.example.com");

        assertEquals("""
                changed    app.test: anonymise 1 column of 1 table
                changed    app.test: give the site the domain b.example.com
                changed    app.test: run 2 statements of after_clone
                3 changed
                """, launch.out() + launch.err());
    }

    /** A message that showed only the end of a list would have people declare it piece by piece. */
    @Test
    void stopsWithTheWholeListBeforeAnythingIsChanged() {
        var facts = IntStream.range(10, 40).mapToObj(i -> fact("email_" + i, 3)).collect(Collectors.joining("\n"));
        world.at("app.test").answering(ASK, facts);

        var launch = launch("anonymise: {users.gone: keep}, after_clone: [one]");

        assertEquals("db-clone: app.test: anonymise does not cover the database, 31 problems:\n"
                + "  users.gone: there is no such column\n"
                + IntStream.range(10, 40).mapToObj(i -> "  users.email_" + i + ": looks personal (its name)\n")
                        .collect(Collectors.joining())
                + "try: declare these columns under anonymise; keep is for what is not personal\n", launch.err());
        assertEquals(3, launch.exit());
        assertEquals("", world.changes());
    }

    @Test
    void aQuestionIsPartOfARefusalAndElseAWarning() {
        var question = fact("title", 30).replace("\"values\":30", "\"values\":30,\"different\":30,\"worded\":30");
        world.at("app.test").answering(ASK, question + "\n" + fact("email", 3));

        var refused = launch("db_user: app");

        assertEquals("""
                db-clone: app.test: anonymise does not cover the database, 1 problem:
                  users.email: looks personal (its name)
                  1 question that would not stop the clone:
                  users.title: is it personal? (30 of 30 values are different)
                try: declare these columns under anonymise; keep is for what is not personal
                """, refused.err());

        var warned = launch("anonymise: {users.email: keep}");
        assertEquals(0, warned.exit());
        assertEquals("warning: app.test: users.title: is it personal? (30 of 30 values are different)\n", warned.err());
    }

    @Test
    void largeObjectsAreRemovedAfterTheChanges() {
        world.at("app.test").answering(ASK, fact("email", 7) + "\n" + fact("data", 2)
                .replace("\"users\"", "\"(large objects)\"").replace("\"r\"", "\"lo\""));

        var launch = launch("anonymise: {users.email: email, (large objects): drop}");

        assertEquals("""
                changed    app.test: anonymise 1 column of 1 table
                changed    app.test: remove the large objects
                2 changed
                """, launch.out() + launch.err());
    }

    @Test
    void looksWithoutTheKeyToo() {
        world.at("app.test").answering(ASK, fact("email", 3));

        var launch = launch("db_user: app");

        assertEquals(3, launch.exit());
    }

    @Test
    void offLooksAtNothingAndSaysSo() {
        var launch = launch("anonymise: off, after_clone: [one]");

        assertEquals("""
                changed    app.test: run 1 statement of after_clone
                1 changed
                warning: app.test: the clone keeps its personal data (anonymise: off)
                """, launch.out() + launch.err());
        assertEquals(0, launch.exit());
    }

    @Test
    void aSiteThatIsNotThereIsAWarning() {
        world.at("app.test").answering(ASK, fact("title", 3))
                .answering("[postgres] clone-site app__new app -v domain=b.example.com",
                        "it has no table django_site\n");

        var launch = launch("site_domain: b.example.com");

        assertEquals("""
                unchanged  app.test: give the site the domain b.example.com
                1 unchanged
                warning: app.test: site_domain has nothing to change: it has no table django_site
                """, launch.out() + launch.err());
    }

    @Test
    void aDryRunAsksNothingOfADatabaseThatIsNotThere() {
        var launch = launch("anonymise: {users.email: email}, after_clone: [one]", "-n");

        assertEquals(0, launch.exit(), launch.toString());
        assertEquals("", world.changes());
    }

    private static String fact(String column, int values) {
        return "{\"schema\":\"public\",\"table\":\"users\",\"column\":\"" + column + "\",\"class\":\"text\","
                + "\"relation\":\"r\",\"base\":[],\"length\":null,\"values\":" + values + "}";
    }

    private Launch launch(String keys, String... options) {
        var words = new java.util.ArrayList<>(java.util.List.of("staging"));
        words.addAll(java.util.List.of(options));
        return Launch.of("environments: {staging: {hosts: app.test, db_name: app, " + keys + "}}",
                new CloneOnly("app__new"), world, words.toArray(String[]::new));
    }
}
