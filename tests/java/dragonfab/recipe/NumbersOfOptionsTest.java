package dragonfab.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.config.ScriptName;
import dragonfab.target.ScriptedConnector;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Model.OptionSpec;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** No time and no count that somebody types is less than what can be meant. */
class NumbersOfOptionsTest {
    /** Not to wait at all, to show no line of before, to delete nothing. */
    private static final Set<String> OR_NONE = Set.of("--lock-wait", "--lines", "--max-delete");

    record Numbered(String script, String option) {
        List<String> line(String value) {
            var all = Stream.of("lxc", option, value);
            return Stream.concat(all, option.equals("--max-delete") ? Stream.of("--delete") : Stream.of()).toList();
        }
    }

    static Stream<Numbered> numbered() {
        return Arrays.stream(ScriptName.values()).map(ScriptName::typed)
                .flatMap(script -> Script.commandLine(Script.named(script)).getCommandSpec().options().stream()
                        .filter(NumbersOfOptionsTest::isNumber)
                        .map(option -> new Numbered(script, option.longestName())));
    }

    private static boolean isNumber(OptionSpec option) {
        return Set.<Class<?>>of(int.class, Integer.class, long.class, Long.class).contains(option.type());
    }

    @ParameterizedTest
    @MethodSource("numbered")
    void isRefusedBelowTheLeast(Numbered number) {
        boolean none = OR_NONE.contains(number.option());
        var rule = none ? "should be a number from 0 to " : "should be a number from 1 to ";

        for (var value : none ? List.of("-1", "1x", "99999999999") : List.of("-1", "0", "1x", "99999999999")) {
            var refusal = Arguments.refusal(number.script(), number.line(value)).orElse("taken");
            assertTrue(refusal.startsWith("Invalid value for option '" + number.option() + "'")
                    && refusal.contains(rule), value + ": " + refusal);
        }
        var least = Arguments.refusal(number.script(), number.line(none ? "0" : "1")).orElse("");
        assertTrue(!least.contains("Invalid"), least);
    }

    @Test
    void nothingIsAskedAndTheExitCodeIsThatOfWrongUsage() {
        var world = new ScriptedConnector();
        var launch = Launch.of("environments: {lxc: {hosts: app1.test}}\n", "run", world, "lxc", "--timeout", "0", "--",
                "uptime");

        assertEquals(2, launch.exit());
        assertEquals("", world.changes());
        assertTrue(launch.err().startsWith(
                "run: invalid value for option '--timeout': should be a number from 1 to "), launch.err());
    }
}
