package dragonfab.shell.ssh;

import dragonfab.report.Failure;
import dragonfab.report.Remedy;
import dragonfab.shell.Command;
import dragonfab.shell.Elevation;
import dragonfab.shell.Input;
import dragonfab.shell.Plain;
import dragonfab.shell.Result;
import dragonfab.shell.Secret;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/**
 * How one login becomes other users on its host.
 *
 * <p>The password is typed only where sudo is known to ask and to take it: anywhere else the command itself would read
 * it, or sudo would take what the command should read for the next try.
 */
public final class Sudo {
    /** With -k a password that was typed a minute ago does not count. */
    private static final String TRY = """
            LC_ALL=C; export LC_ALL
            ! sudo -k -n -u "$1" -- true 2>/dev/null || { echo free; exit 0; }
            exec sudo -k -S -p '' -u "$1" -- true
            """;

    private final ResolvedHost to;
    private final Secret password;
    private final Elevation silent;
    private final BiFunction<Command, Duration, Result> ask;
    private final Map<String, Elevation> byUser = new ConcurrentHashMap<>();

    /** @param ask runs a command there as it stands, for a time at most */
    public Sudo(ResolvedHost to, BiFunction<Command, Duration, Result> ask) {
        this.to = to;
        this.password = to.settings().sudoPassword();
        this.silent = new Elevation(to.user(), null);
        this.ask = ask;
    }

    /** @throws Failure when sudo does not take the password */
    public Command apply(Command command, Duration limit) {
        var user = command.user();
        if (password == null || user == null || user.equals(to.user()) || to.user().equals("root")) {
            return silent.apply(command);
        }
        return byUser.computeIfAbsent(user, other -> elevation(other, limit)).apply(command);
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

    private Elevation elevation(String user, Duration limit) {
        var answer = ask.apply(Command.script("sudo-try", TRY, new Object[] {user})
                .reading(Input.of(password, "\n")), limit);
        if (!answer.ok()) {
            throw refusal(user, answer.err());
        }
        return answer.text().equals("free") ? silent : new Elevation(to.user(), password);
    }

    private Failure refusal(String user, String said) {
        var words = said.lines().map(line -> line.replaceFirst("^sudo: ", "").strip()).filter(line -> !line.isEmpty())
                .toList();
        var wrong = words.stream().anyMatch(line -> line.matches("Sorry, try again.*|.*incorrect password attempt.*"));
        return Failure.usage(to.place(), wrong ? "sudo does not take sudo_password for " + to.user() + ": it is wrong"
                : to.user() + " cannot become " + user + " by sudo: " + (words.isEmpty() ? "no reason is given"
                        : words.get(words.size() - 1)))
                .remedy(Remedy.line("ssh -t " + to.typed() + " sudo -k true"));
    }
}
