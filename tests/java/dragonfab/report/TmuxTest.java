package dragonfab.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.lab.OnContainers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The live form in a real terminal. */
@OnContainers
class TmuxTest {
    /** One for each test: the one before may still be about to end. */
    private final String server = "dragonfab-report-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
    static final String END = """
            release
            1.0-1
            5 changed, 3 unchanged, 1 failed
            demo: db: exit 1
              command: install
              E: no
            try: again
            $
            """;

    @BeforeEach
    void aTerminal() throws Exception {
        tmux("-f", "/dev/null", "new-session", "-d", "-x", "60", "-y", "12",
                "env -u CI -u NO_COLOR LANG=C.UTF-8 PS1='$ ' sh");
        tmux("set", "-g", "status", "off");
        // Where there is room below, tmux scrolls up lines that fold, out of everybody's reach.
        type("seq 12", "Enter");
        awaited("12\n$");
    }

    @AfterEach
    void noTerminal() throws Exception {
        tmux("kill-server");
    }

    @Test
    void nothingLiveIsLeftThoughTheWindowChangesMeanwhile() throws Exception {
        demo("6");
        awaited("s left");
        tmux("resize-window", "-x", "30", "-y", "12");
        Thread.sleep(2500);
        tmux("resize-window", "-x", "90", "-y", "8");
        var all = awaited("try: again\n$");

        assertTrue(all.endsWith(END), all);
        assertEquals(List.of(), all.lines().filter(line -> line.contains("…")).toList(), all);
        assertEquals(1, all.split("unchanged {2}db: check", -1).length - 1, all);
        assertEquals("1", tmux("display", "-p", "#{cursor_flag}").strip());
        assertEquals("1", tmux("display", "-p", "#{wrap_flag}").strip());
    }

    @Test
    void theCursorIsBackAfterCtrlC() throws Exception {
        demo("20");
        awaited("s left");
        assertEquals("0", tmux("display", "-p", "#{cursor_flag}").strip());
        type("C-c");
        var all = awaited("(1 s)\n$", "(2 s)\n$", "(0 s)\n$");

        assertEquals(3, all.lines().filter(line -> line.startsWith("  unfinished ")).count(), all);
        assertEquals(List.of(), all.lines().filter(line -> line.contains("s left")).toList(), all);
        assertEquals("1", tmux("display", "-p", "#{cursor_flag}").strip());
    }

    private void demo(String seconds) throws Exception {
        type(System.getProperty("java.home") + "/bin/java -cp '" + System.getProperty("java.class.path")
                + "' dragonfab.report.LiveDemo " + seconds + " NORMAL", "Enter");
    }

    private void type(String... keys) throws Exception {
        var command = new ArrayList<>(List.of("send-keys"));
        command.addAll(List.of(keys));
        tmux(command.toArray(String[]::new));
    }

    /** Screen and scrollback, folded lines joined, once one of these is to be seen. */
    private String awaited(String... texts) throws Exception {
        var end = System.nanoTime() + 30_000_000_000L;
        var seen = "";
        while (System.nanoTime() < end) {
            seen = tmux("capture-pane", "-p", "-J", "-S", "-50").replaceAll(" +\n", "\n");
            seen = seen.stripTrailing() + "\n";
            for (String text : texts) {
                if (seen.contains(text)) {
                    return seen;
                }
            }
            Thread.sleep(50);
        }
        throw new AssertionError("never seen: " + List.of(texts) + " but\n" + seen);
    }

    private String tmux(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("tmux", "-L", server));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), text);
        return text;
    }
}
