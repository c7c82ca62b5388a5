package dragonfab.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dragonfab.report.JsonSink;
import dragonfab.report.PlainSink;
import dragonfab.report.Report;
import dragonfab.report.Sink;
import dragonfab.report.Verbosity;
import dragonfab.shell.Command;
import dragonfab.shell.LocalShell;
import dragonfab.target.Parallel;
import dragonfab.target.Remote;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What many hosts say passes through, and does not stay in memory, however long it is. */
@Tag("slow")
class ManyLinesTest {
    private static final int HOSTS = 24;
    private static final int LINES = 1_008_000;
    private static final String SAY = "yes 'a line of a log, as long as such lines are, of a host that has much to say:"
            + " 0123456789' | head -n " + LINES / HOSTS;

    /** @param lines that come out again: a step shows them with -v alone */
    @ParameterizedTest
    @CsvSource({"shown, 1008000", "json, 1008000", "step, 24"})
    void aMillionLinesPassThroughALittleMemory(String way, long lines) throws Exception {
        var child = new ProcessBuilder(System.getProperty("java.home") + "/bin/java", "-XX:+UseSerialGC", "-Xmx40m",
                "-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Passing.class.getName(), way).redirectErrorStream(true).start();
        try (var said = child.inputReader(StandardCharsets.UTF_8)) {
            assertEquals(lines, said.lines().filter(line -> line.contains("local")).count());
        }
        assertEquals(0, child.waitFor());
    }

    /** The process whose memory is small. */
    static final class Passing {
        private Passing() {
        }

        public static void main(String... way) {
            var out = new PrintStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)), false,
                    StandardCharsets.UTF_8);
            var sink = way[0].equals("json") ? new JsonSink(out, out) : new PlainSink(out, out, Verbosity.NORMAL);
            pass(way[0], sink);
            out.flush();
        }

        private static void pass(String way, Sink sink) {
            var report = new Report(sink);
            var command = Command.of("sh", "-c", SAY);
            Parallel.all(IntStream.range(0, HOSTS).boxed().toList(), HOSTS, number -> {
                var remote = new Remote(new LocalShell(Path.of("/"), null), report, false, Duration.ofMinutes(5));
                if (way.equals("step")) {
                    remote.perform("say much", command);
                } else {
                    remote.relay("say much", command);
                }
                return number;
            }, failures -> failures.get(0));
        }
    }
}
