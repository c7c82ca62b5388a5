package dragonfab.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RemedyTest {
    private static final Invocation PLAIN = typed(List.of("lxc"), List.of(), List.of());

    @Test
    void aScriptIsTypedAsThisPersonTypesScripts() {
        assertEquals("dragonfab db-dump lxc --list", Remedy.script("db-dump", "lxc", "--list").typed(PLAIN));
    }

    @Test
    void whatAShellWouldReadOtherwiseIsQuoted() {
        assertEquals("dragonfab rollback lxc 'it'\\''s 1.0'",
                Remedy.script("rollback", "lxc", "it's 1.0").typed(PLAIN));
        assertEquals("chmod +x 'my script'", Remedy.program("chmod", "+x", "my script").typed(PLAIN));
    }

    @Test
    void theFileAndTheKeysThatWereGivenAreGivenAgain() {
        var by = typed(List.of("lxc"), List.of("-f", "other dir/e.yml"), List.of("--set", "db_name=b"));

        assertEquals("dragonfab status lxc -f 'other dir/e.yml' --set db_name=b", Remedy.here("status").typed(by));
        assertEquals("dragonfab db-dump staging -f 'other dir/e.yml'", Remedy.script("db-dump", "staging").typed(by));
    }

    @Test
    void optionsStandBeforeTheWordsOfAnotherProgram() {
        var by = typed(List.of("lxc", "--", "ls"), List.of("-f", "e.yml"), List.of());

        assertEquals("dragonfab run lxc --sudo -f e.yml -- apt-get clean",
                Remedy.here("run", "--sudo", "--", "apt-get", "clean").typed(by));
        assertEquals("dragonfab deploy lxc --yes -- ls", Remedy.again("--yes").typed(by));
    }

    @Test
    void theSameCommandIsTypedWhole() {
        var by = typed(List.of("lxc", "-f", "e.yml", "--yes"), List.of("-f", "e.yml"), List.of());

        assertEquals("dragonfab deploy lxc -f e.yml --yes", Remedy.again().typed(by));
        assertEquals("dragonfab deploy lxc -f e.yml --yes", Remedy.again("--yes").typed(by));
    }

    @ParameterizedTest
    @CsvSource({"lxc --timeout 60,lxc --timeout 120", "lxc --timeout=60 -v,lxc -v --timeout 120",
        "lxc --timeout 60 -- sleep --timeout 9,lxc --timeout 120 -- sleep --timeout 9"})
    void anOptionThatWasTypedGetsItsNewValueAndStandsOnce(String typed, String again) {
        assertEquals("dragonfab deploy " + again, Remedy.again("--timeout", 120)
                .typed(typed(List.of(typed.split(" ")), List.of(), List.of())));
    }

    @Test
    void theSameCommandIsNotTypedTwice() {
        assertEquals("dragonfab deploy lxc", Remedy.again().then(Remedy.again()).typed(PLAIN));
        assertEquals("ssh app1\nor: dragonfab deploy lxc --timeout 120",
                Remedy.line("ssh app1").or(Remedy.again("--timeout", 120)).then(Remedy.again()).typed(PLAIN));
        assertEquals("mend it\nthen: dragonfab deploy lxc",
                Remedy.advice("mend it").then(Remedy.again()).typed(PLAIN));
    }

    @Test
    void eachWayHasALineOfItsOwn() {
        var remedy = Remedy.script("status", "lxc").or(Remedy.again("--lock-wait", 600))
                .then(Remedy.advice("ask them"));

        assertEquals("""
                deploy: app1: locked
                try: jbang status@dragonfab lxc
                or: jbang deploy@dragonfab lxc --lock-wait 600
                then: ask them
                """, Failures.text(Event.failure("deploy", Failure.refused("app1", "locked").remedy(remedy),
                new Invocation(Starter.ALIAS, "deploy", List.of("lxc"), "lxc", List.of(), List.of()))));
        assertEquals(List.of("dragonfab status lxc", "dragonfab deploy lxc --lock-wait 600"), remedy.commands(PLAIN));
    }

    private static Invocation typed(List<String> words, List<String> file, List<String> keys) {
        return new Invocation(name -> List.of("dragonfab", name), "deploy", words, "lxc", file, keys);
    }
}
