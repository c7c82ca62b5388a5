package dragonfab.shell;

import dragonfab.report.Failure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.zeroturnaround.exec.ProcessExecutor;
import org.zeroturnaround.exec.StartedProcess;

/** This machine. Arguments go to the program as they are: no shell reads them. */
public final class LocalShell implements Shell {
    private static final int NOT_FOUND = 127;
    private static final Pattern MISSING = Pattern.compile("(?i)error=2,");

    private final Elevation elevation;
    private final Path folder;
    private boolean mayAskForRoot = true;

    /** @param folder where commands run */
    public LocalShell(Path folder, Secret sudoPassword) {
        this.folder = folder;
        this.elevation = new Elevation(System.getProperty("user.name"), sudoPassword);
    }

    @Override
    public String where() {
        return "here";
    }

    @Override
    public Ended execute(Command command, OutputStream out, OutputStream err, Duration limit) {
        letIn(command);
        var ready = elevation.apply(command);
        try (var input = ready.input().open()) {
            var pumps = new Pumps(out, err, ready.input() == Input.NOTHING ? null : input);
            var started = new ProcessExecutor(ready.arguments())
                    .directory(folder.toFile())
                    .streams(pumps)
                    .redirectErrorStream(false)
                    // A daemon that a command leaves behind keeps the pipes open; its output is not ours to wait for.
                    .closeTimeout(2, TimeUnit.SECONDS)
                    .exitValueAny()
                    .start();
            pumps.onTrouble(() -> kill(started.getProcess()));
            var code = await(command, started, limit);
            pumps.demandNoTrouble();
            return Ended.with(code);
        } catch (IOException e) {
            if (MISSING.matcher(String.valueOf(e.getMessage())).find()) {
                return missing(ready, err);
            }
            throw Failure.failed(where(), "cannot run " + command.shown() + ": " + e.getMessage());
        }
    }

    /** At a terminal sudo may ask a person, once, before the first command that needs it. */
    private synchronized void letIn(Command command) {
        if (command.user() == null || !mayAskForRoot || elevation.password() != null || System.console() == null) {
            return;
        }
        mayAskForRoot = false;
        if (!elevation.login().equals("root") && !ask(Command.of("sudo", "-n", "true")).ok()) {
            interact(Command.of("sudo", "-v"));
        }
    }

    /** As a shell would answer, so that "is it installed?" is a question and not an accident. */
    private static Ended missing(Command command, OutputStream err) {
        try {
            err.write((command.arguments().get(0) + ": not found\n").getBytes());
        } catch (IOException ignored) {
            // The caller who closed its ear does not miss the words.
        }
        return Ended.with(NOT_FOUND);
    }

    private int await(Command command, StartedProcess started, Duration limit) {
        try {
            var future = started.getFuture();
            return (limit == null ? future.get() : future.get(limit.toMillis(), TimeUnit.MILLISECONDS)).getExitValue();
        } catch (TimeoutException e) {
            kill(started.getProcess());
            throw Failure.failed(where(), "took more than " + limit.toSeconds() + "s: " + command.shown());
        } catch (InterruptedException e) {
            kill(started.getProcess());
            Thread.currentThread().interrupt();
            throw Failure.failed(where(), "interrupted: " + command.shown());
        } catch (java.util.concurrent.ExecutionException e) {
            throw Failure.failed(where(), "cannot run " + command.shown() + ": " + e.getCause().getMessage());
        }
    }

    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    @Override
    public int interact(Command command) {
        try {
            return new ProcessBuilder(elevation.apply(command).arguments())
                    .directory(folder.toFile()).inheritIO().start().waitFor();
        } catch (IOException e) {
            throw Failure.failed(where(), "cannot run " + command.shown() + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 130;
        }
    }
}
