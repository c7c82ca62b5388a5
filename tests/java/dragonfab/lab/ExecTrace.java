package dragonfab.lab;

import dragonfab.shell.Command;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The arguments of every program that is started in a container, by whomever, and of those that a client starts: what
 * any user of either machine could read of them.
 */
public final class ExecTrace implements AutoCloseable {
    private static final List<String> STRACE = List.of("strace", "-f", "-qq", "-e", "trace=execve", "-e", "signal=none",
            "-s", "100000", "-o");

    private final Path folder;
    private final List<Process> tracers = new ArrayList<>();
    private int clients;

    private ExecTrace(Path folder) {
        this.folder = folder;
    }

    /** From now on, in the containers of these names; what runs there already is watched for what it starts. */
    public static ExecTrace of(String... containers) throws Exception {
        var trace = new ExecTrace(Files.createTempDirectory("dragonfab-trace"));
        for (var container : containers) {
            trace.follow(container);
        }
        return trace;
    }

    private void follow(String container) throws Exception {
        var init = Lab.HERE.read(Command.of("lxc-info", "-n", container, "-pH").asRoot());
        var all = Lab.HERE.read(Command.script("""
                pids=$1
                while [ -n "$pids" ]; do
                    printf '%s\\n' $pids
                    pids=$(for pid in $pids; do cat /proc/$pid/task/*/children 2>/dev/null || true; done)
                done""", init).asRoot());
        var words = new ArrayList<>(STRACE);
        words.add(folder.resolve(container).toString());
        all.lines().forEach(pid -> words.addAll(List.of("-p", pid)));
        var tracer = new ProcessBuilder(words).redirectErrorStream(true)
                .redirectOutput(folder.resolve(container + ".log").toFile()).start();
        tracers.add(tracer);
        for (int i = 0; i < 100 && !Lab.HERE.read(Command.of("cat", "/proc/" + init + "/status")).contains(
                "TracerPid:\t" + tracer.pid()); i++) {
            Thread.sleep(100);
        }
    }

    static List<String> command(Path file) {
        var words = new ArrayList<>(STRACE);
        words.addAll(List.of(file.toString(), "--seccomp-bpf"));
        return words;
    }

    /** Where a client is to be traced to. */
    public Path client() {
        return folder.resolve("client-" + ++clients);
    }

    /** The programs that were started with any of these words among their arguments. */
    public List<String> startedWith(String... words) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> !file.toString().endsWith(".log")).flatMap(ExecTrace::lines)
                    .filter(line -> Stream.of(words).anyMatch(line::contains)).toList();
        }
    }

    /** How many programs were seen at all. */
    public long seen() throws IOException {
        try (var files = Files.list(folder)) {
            return files.flatMap(ExecTrace::lines).filter(line -> line.contains("execve(")).count();
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.ISO_8859_1).stream();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws Exception {
        for (var tracer : tracers) {
            tracer.destroy();
            tracer.waitFor();
        }
        tracers.clear();
    }
}
