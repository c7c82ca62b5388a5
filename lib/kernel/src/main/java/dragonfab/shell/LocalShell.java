package dragonfab.shell;

import dragonfab.report.Failure;
import dragonfab.report.Remedy;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/** This machine. Arguments go to the program as they are: no shell reads them. */
public final class LocalShell implements Shell {
    private static final int NOT_FOUND = 127;
    private static final Pattern MISSING = Pattern.compile("(?i)error=2,");
    /** Also where a folder of the search path is closed to us. */
    private static final Pattern UNSTARTED = Pattern.compile("(?i)error=(2|13),");

    private final Elevation elevation;
    private final Path folder;
    private boolean mayAskForRoot = true;
    private boolean isPasswordTaken;

    /** @param folder where commands run */
    public LocalShell(Path folder, Secret sudoPassword) {
        this.folder = folder;
        this.elevation = new Elevation(System.getProperty("user.name"), sudoPassword);
    }

    @Override
    public String where() {
        return "local";
    }

    @Override
    public ExitStatus execute(Command command, OutputStream out, OutputStream err, Duration limit) {
        requirePassword(command);
        letIn(command);
        var ready = elevation.apply(command);
        try {
            return ExitStatus.with(child(ready).run(out, err, limit));
        } catch (IOException e) {
            requireSudo(command, ready, e);
            if (MISSING.matcher(String.valueOf(e.getMessage())).find()) {
                return missing(ready, err);
            }
            if (e.getCause() instanceof Failure ours) {
                throw ours;
            }
            throw Failure.failed(where(), "cannot run " + command.brief() + ": " + e.getMessage());
        } catch (TimeoutException e) {
            throw Failure.failed(where(), "took more than " + limit.toSeconds() + "s: " + command.brief());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.failed(where(), "interrupted: " + command.brief());
        }
    }

    private LocalProcess child(Command ready) {
        return new LocalProcess(ready.arguments(), folder, ready.input());
    }

    /** With a wrong password sudo would take what the command should read for its next try. */
    private synchronized void requirePassword(Command command) {
        if (isPasswordTaken || elevation.password() == null || command.user() == null
                || elevation.login().equals("root")) {
            return;
        }
        isPasswordTaken = ask(Command.of("sudo", "-k", "-S", "-p", "", "--", "true")
                .reading(Input.of(elevation.password(), "\n"))).ok();
        if (!isPasswordTaken) {
            throw Failure.usage(where(), "sudo does not take sudo_password for " + elevation.login() + ": it is wrong")
                    .remedy(Remedy.program("sudo", "-k", "true"));
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

    /** Without it nobody was asked, which is no answer. */
    private void requireSudo(Command command, Command ready, IOException why) {
        boolean sudo = ready.arguments().get(0).equals("sudo") && !command.arguments().get(0).equals("sudo");
        if (sudo && UNSTARTED.matcher(String.valueOf(why.getMessage())).find()) {
            throw Failure.refused(where(), "there is no sudo here for " + elevation.login() + ", and "
                    + command.brief() + " takes another user")
                    .remedy("install sudo, or run this as root");
        }
    }

    /** As a shell would answer, so that "is it installed?" is a question and not an accident. */
    private static ExitStatus missing(Command command, OutputStream err) {
        try {
            err.write((command.arguments().get(0) + ": not found\n").getBytes());
        } catch (IOException ignored) {
            // The caller who closed its ear does not miss the words.
        }
        return ExitStatus.with(NOT_FOUND);
    }

    @Override
    public int interact(Command command) {
        try {
            return child(elevation.apply(command)).atTerminal();
        } catch (IOException e) {
            throw Failure.failed(where(), "cannot run " + command.brief() + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 130;
        }
    }
}
