package dragonfab.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A person at a prompt in some folder: scripts run in a process of their own, as installed. */
public final class Cli {
    private static final long LONGEST_MINUTES = 15;

    private final Path folder;
    private final Map<String, String> variables = new HashMap<>();

    private Path changes;
    private String umask;
    private Path trace;

    private Cli(Path folder) {
        this.folder = folder;
    }

    /** What lies in that folder stands in place of the library's own: a script of the target, say. */
    public Cli changed(Path changes) {
        this.changes = changes;
        return this;
    }

    /** By that umask, as "000". */
    public Cli umask(String umask) {
        this.umask = umask;
        return this;
    }

    /** Each program that a script starts, and what it starts in turn, is written there with its arguments. */
    public Cli traced(Path trace) {
        this.trace = trace;
        return this;
    }

    public static Cli in(Path folder) {
        return new Cli(folder);
    }

    public Cli with(String variable, String value) {
        variables.put(variable, value);
        return this;
    }

    public Path folder() {
        return folder;
    }

    /** What a process said and how it ended. */
    public record Ran(String command, int exit, String out, String err) {
        @Override
        public String toString() {
            return "$ " + command + "\n" + out + err + "(exit " + exit + ")";
        }
    }

    public Ran run(String script, String... arguments) {
        return process(script + " " + String.join(" ", arguments), words(script, arguments));
    }

    /** Types what one that ended badly says is to be tried, as it stands. */
    public Ran carryOut(Ran failed) {
        var line = failed.err().lines().filter(said -> said.matches("try: jbang [^ @]+@dragonfab.*"))
                .reduce((first, second) -> second)
                .orElseThrow(() -> new AssertionError("nothing of ours to try: " + failed));
        return type(line);
    }

    /** All of ours that it says is to be done, one after the other; each has to end well. */
    public void carryOutAll(Ran failed) {
        var lines = failed.err().lines().filter(said -> said.matches("(try|then): jbang [^ @]+@dragonfab.*")).toList();
        if (lines.isEmpty()) {
            throw new AssertionError("nothing of ours to do: " + failed);
        }
        for (var line : lines) {
            var ran = type(line);
            if (ran.exit() != 0) {
                throw new AssertionError(ran.toString());
            }
        }
    }

    private Ran type(String line) {
        var words = line.replaceFirst("^[a-z]+: jbang ", "").split("@dragonfab", 2);
        // As a shell splits it.
        var arguments =
                tool("sh", "-c", "for word in " + words[1] + "; do printf '%s\\n' \"$word\"; done").out().lines();
        return run(words[0], arguments.toArray(String[]::new));
    }

    /** Starts a script and lets it run; nobody hears what it says. */
    public Process start(String script, String... arguments) throws IOException {
        var builder = new ProcessBuilder(words(script, arguments)).directory(folder.toFile())
                .redirectInput(new java.io.File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(variables);
        return builder.start();
    }

    /** Starts a script, and tells what it says line by line while it runs. */
    public Process follow(Consumer<String> line, String script, String... arguments) throws IOException {
        var builder = new ProcessBuilder(words(script, arguments)).directory(folder.toFile())
                .redirectInput(new java.io.File("/dev/null")).redirectErrorStream(true);
        builder.environment().putAll(variables);
        var process = builder.start();
        var ear = new Thread(() -> hear(process, line), "ear");
        ear.setDaemon(true);
        ear.start();
        return process;
    }

    private static void hear(Process process, Consumer<String> line) {
        try (var said = process.inputReader(StandardCharsets.UTF_8)) {
            said.lines().forEach(line);
        } catch (IOException | UncheckedIOException killed) {
            // Whoever kills it closes this too.
        }
    }

    /**
     * Ctrl-C does what it does at a terminal, also where these tests run in the background and it is ignored. So many short
     * runs of a fresh machine take a quarter less of a processor without what makes long ones fast.
     */
    private List<String> words(String script, String... arguments) {
        var words = new ArrayList<String>();
        if (trace != null) {
            words.addAll(ExecTrace.command(trace));
        }
        if (umask != null) {
            words.addAll(List.of("sh", "-c", "umask " + umask + "; exec \"$@\"", "sh"));
        }
        words.addAll(List.of("env", "--default-signal=INT",
                System.getProperty("java.home") + "/bin/java", "-XX:+UseSerialGC", "-Xms32m",
                "-XX:MaxNewSize=32m", "-XX:TieredStopAtLevel=1"));
        words.addAll(ClassArchive.options(changes));
        words.add(Arrays.stream(script.split("-"))
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining()));
        words.addAll(List.of(arguments));
        return words;
    }

    /** Any other program, such as git. */
    public Ran tool(String... words) {
        var ran = process(String.join(" ", words), List.of(words));
        if (ran.exit() != 0) {
            throw new AssertionError(ran.toString());
        }
        return ran;
    }

    private Ran process(String shown, List<String> words) {
        try {
            var out = Files.createTempFile("dragonfab-out", "");
            var err = Files.createTempFile("dragonfab-err", "");
            var builder = new ProcessBuilder(words).directory(folder.toFile())
                    .redirectInput(new java.io.File("/dev/null"))
                    .redirectOutput(out.toFile()).redirectError(err.toFile());
            builder.environment().putAll(variables);
            var process = builder.start();
            if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new AssertionError("took more than " + LONGEST_MINUTES + " minutes: " + shown + "\n"
                        + Files.readString(out) + Files.readString(err));
            }
            return new Ran(shown, process.exitValue(), taken(out), taken(err));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String taken(Path file) throws IOException {
        var text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        Files.delete(file);
        return text;
    }
}
