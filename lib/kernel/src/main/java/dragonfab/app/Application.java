package dragonfab.app;

import dragonfab.config.Environment;
import dragonfab.config.Key;
import dragonfab.config.SiteName;
import dragonfab.shell.Command;
import dragonfab.shell.Input;
import dragonfab.shell.Plain;
import dragonfab.shell.Secret;
import dragonfab.shell.ShellScript;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The application on a target: its commands run as its user, in its folder, with its environment variables.
 *
 * <p>The variables travel on standard input or in a private file, since every user of a machine can read arguments.
 *
 * @param manage the command line of its management tool
 */
public record Application(String user, String folder, String manage, Map<String, String> variables) {
    /** For a command whose variables come on standard input. */
    private static final String STANDARD_INPUT = "-";

    public Application {
        variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
    }

    public static Application of(Environment environment) {
        if (environment.isSite()) {
            return ofSite(environment);
        }
        var folder = environment.isPackaged() ? environment.find(Key.REMOTE_PATH)
                .orElseGet(() -> "/usr/share/" + environment.application("the default of remote_path"))
                : environment.require(Key.REMOTE_PATH, "the application's own commands");
        return new Application(environment.get(Key.APP_USER), folder,
                environment.find(Key.MANAGE).orElse("python3 manage.py"),
                environment.find(Key.APP_ENV).orElse(Map.of()));
    }

    /** Its own user's; the release that serves has the management tool, whichever that is. */
    private static Application ofSite(Environment environment) {
        var site = SiteName.of(environment.application("the application's own commands"));
        return new Application(environment.has(Key.APP_USER) ? environment.get(Key.APP_USER) : site.user(),
                site.current(), environment.find(Key.MANAGE).orElse("./bin/manage"),
                environment.find(Key.APP_ENV).orElse(Map.of()));
    }

    /** The release that lies in that folder. */
    public Application in(String folder) {
        return new Application(user, folder, manage, variables);
    }

    /** The management tool; what it prints comes line by line, and it has nothing to read. */
    public Command manage(String... arguments) {
        return manage(List.of(arguments));
    }

    public Command manage(List<String> arguments) {
        return with(STANDARD_INPUT, manage, arguments).reading(assignments());
    }

    /** Loads the fixture that the application itself has under this label. */
    public Command fixture(String label) {
        return fixture("-", label, Input.NOTHING);
    }

    /** Loads a fixture of this machine; the application sees a file of the same name for as long as it loads. */
    public Command fixture(Path file) {
        return fixture(file.toFile().length(), file.getFileName().toString(), Input.file(file));
    }

    /** @param size in bytes, or - when there is no file */
    private Command fixture(Object size, String name, Input file) {
        long lines = variables.values().stream().mapToLong(value -> 1 + value.chars().filter(c -> c == '\n').count())
                .sum();
        return ShellScript.of("app/fixture", folder, manage, lines, size, name).as(user)
                .reading(assignments().then(file));
    }

    /** A line for the shell. */
    public Command command(String line) {
        return with(STANDARD_INPUT, line, List.of()).reading(assignments());
    }

    /** Leaves the variables in a file that only the application's user can read, and prints its name. */
    public Command lend() {
        return ShellScript.of("app/lend").as(user).reading(assignments());
    }

    /** The management tool at a terminal; it takes the lent file away first. */
    public Command manageAtTerminal(String lent, List<String> arguments) {
        return with(lent, manage, arguments);
    }

    private Command with(String variables, String line, List<String> arguments) {
        return ShellScript.of("app/command", variables, folder, line).with(arguments.toArray()).as(user);
    }

    private Input assignments() {
        var words = new ArrayList<Object>();
        variables.forEach((name, value) -> {
            words.add("export " + name + "=");
            words.add(Secret.of(new Plain(value).typed()));
            words.add("\n");
        });
        return Input.of(words.toArray());
    }
}
