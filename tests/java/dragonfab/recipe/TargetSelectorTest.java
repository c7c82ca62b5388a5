package dragonfab.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dragonfab.config.Host;
import dragonfab.config.Target;
import dragonfab.report.Exit;
import dragonfab.report.Failure;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetSelectorTest {
    private static final List<Target> ALL = List.of(host("app1.test", "app"), host("app2.test", "app", "db"),
            host("web3.test", "web"), new Host(null, "app10.test", 2222), new Host(null, "2001:db8::7", 22));

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "app1.test            | app1.test",
        "app10.test           | app10.test:2222",
        "app10.test:2222      | app10.test:2222",
        "app*                 | app1.test app2.test app10.test:2222",
        "app?.test            | app1.test app2.test",
        "*[2-3].test          | app2.test web3.test",
        "app[!1].test         | app2.test",
        "web*,app1*           | app1.test web3.test app10.test:2222",
        "@app                 | app1.test app2.test",
        "role:db              | app2.test",
        "@app,!app2.test      | app1.test",
        "!app*                | web3.test [2001:db8::7]:22",
        "!@app,!@web          | app10.test:2222 [2001:db8::7]:22",
        "[2001:db8::7]:22     | [2001:db8::7]:22",
        "2001:db8::7          | [2001:db8::7]:22",
        "*:*                  | app10.test:2222 [2001:db8::7]:22"})
    void picksInTheOrderOfTheFile(String words, String names) {
        assertEquals(names, picked(words));
    }

    @Test
    void nothingIsAll() {
        assertEquals(5, new TargetSelector(List.of()).among(ALL, "staging").size());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "app1.tset           | app1.tset is no host of staging",
        "app1                | app1 is no host of staging",
        "app1.test,@bd       | @bd is no host of staging",
        "app*,!app7.test     | app7.test is no host of staging",
        "app.1*              | app.1* is no host of staging",
        "APP1.test           | APP1.test is no host of staging",
        "app1.test,!app*     | app1.test,!app* leaves no host of staging"})
    void aWordThatFindsNothingIsAnErrorWithTheHostsThatThereAre(String words, String message) {
        var failure = assertThrows(Failure.class, () -> picked(words));

        assertEquals(Exit.USAGE, failure.exit());
        assertEquals(message + ": app1.test (app), app2.test (app, db), web3.test (web), app10.test:2222,"
                + " [2001:db8::7]:22", failure.getMessage());
    }

    private static String picked(String words) {
        return new TargetSelector(Arrays.asList(words.split(","))).among(ALL, "staging").stream().map(Target::name)
                .collect(Collectors.joining(" "));
    }

    private static Host host(String address, String... roles) {
        return new Host(null, address, 0, List.of(roles));
    }
}
