package dragonfab.shell.ssh;

import dragonfab.shell.Command;
import dragonfab.shell.Elevation;
import dragonfab.shell.Plain;
import dragonfab.shell.Secret;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * How one login becomes other users on its host.
 *
 * <p>The password is typed only where sudo is known to ask: anywhere else the command itself would read it.
 */
public final class Sudo {
    private final String login;
    private final Secret password;
    private final Elevation silent;
    private final Predicate<Command> succeeds;
    private final Map<String, Elevation> byUser = new ConcurrentHashMap<>();

    /** @param succeeds runs a command there as it stands */
    public Sudo(String login, Secret password, Predicate<Command> succeeds) {
        this.login = login;
        this.password = password;
        this.silent = new Elevation(login, null);
        this.succeeds = succeeds;
    }

    public Command apply(Command command) {
        var user = command.user();
        if (password == null || user == null || user.equals(login) || login.equals("root")) {
            return silent.apply(command);
        }
        return byUser.computeIfAbsent(user, this::elevation).apply(command);
    }

    /** For a terminal, where sudo can ask by itself. */
    public Command atTerminal(Command command) {
        var ready = silent.apply(command);
        if (password == null || ready.words().equals(command.words())) {
            return ready;
        }
        var words = new java.util.ArrayList<>(ready.words());
        words.remove(new Plain("-n"));
        return Command.of(words.toArray());
    }

    private Elevation elevation(String user) {
        // With -k a password that was typed a minute ago does not count.
        var free = succeeds.test(Command.of("sudo", "-k", "-n", "-u", user, "--", "true"));
        return free ? silent : new Elevation(login, password);
    }
}
