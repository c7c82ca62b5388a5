package dragonfab.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SinksTest {
    final Captured out = new Captured();
    final Captured err = new Captured();

    @Test
    void aTerminalIsLiveUnlessItIsDumbOrABuildServers() {
        assertInstanceOf(TerminalSink.class, chosen(true, Map.of("TERM", "xterm")));
        assertInstanceOf(TerminalSink.class, chosen(true, Map.of("TERM", "xterm", "CI", "")));
        assertInstanceOf(TerminalSink.class, chosen(true, Map.of("TERM", "xterm", "CI", "false")));
        assertInstanceOf(PlainSink.class, chosen(true, Map.of("TERM", "xterm", "CI", "true")));
        assertInstanceOf(PlainSink.class, chosen(true, Map.of("TERM", "dumb")));
        assertInstanceOf(PlainSink.class, chosen(true, Map.of()));
        assertInstanceOf(PlainSink.class, chosen(false, Map.of("TERM", "xterm")));
    }

    @Test
    void jsonIsJsonEverywhere() {
        var sink = Sinks.choose(out.stream, err.stream, Verbosity.QUIET, true, Map.of("TERM", "xterm"), true);

        assertInstanceOf(JsonSink.class, sink);
    }

    @Test
    void coloursAreForTerminalsOnly() {
        assertEquals("\u001b[32m✓ changed    \u001b[0mapp1: a\n",
                said(true, Map.of("TERM", "xterm", "LANG", "C.UTF-8")));
        assertEquals("changed    app1: a\n", said(false, Map.of("TERM", "xterm")));
        assertEquals("changed    app1: a\n", said(true, Map.of("TERM", "xterm", "CI", "1")));
        assertEquals("changed    app1: a\n", said(true, Map.of("TERM", "dumb")));
    }

    @Test
    void noColorIsObeyedWhenItIsNotEmpty() {
        assertEquals("✓ changed    app1: a\n",
                said(true, Map.of("TERM", "xterm", "NO_COLOR", "1", "LC_ALL", "de_DE.utf8")));
        assertEquals("\u001b[32m✓ changed    \u001b[0mapp1: a\n",
                said(true, Map.of("TERM", "xterm", "NO_COLOR", "", "LC_CTYPE", "C.UTF-8")));
    }

    @Test
    void marksAreAsciiWhereTheLocaleIs() {
        assertEquals("+ changed    app1: a\n",
                said(true, Map.of("TERM", "xterm", "NO_COLOR", "1", "LC_ALL", "C", "LANG", "C.UTF-8")));
    }

    @Test
    void aTerminalIsNotSteeredByOutputThatWasAskedFor() {
        var live = Map.of("TERM", "xterm");
        for (var env : List.of(live, Map.of("TERM", "dumb"), Map.of("TERM", "xterm", "CI", "1"))) {
            new Report(chosen(true, env)).output("app1", "\u001b[2Jfine", false);
            assertEquals("app1: fine\n", out.taken());
        }
    }

    private String said(boolean terminal, Map<String, String> env) {
        new Report(chosen(terminal, env)).begin("app1", "a").done(Outcome.CHANGED);
        return out.taken();
    }

    private Sink chosen(boolean terminal, Map<String, String> env) {
        return Sinks.choose(out.stream, err.stream, Verbosity.NORMAL, false, env, terminal);
    }
}
