package dragonfab.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * How one login becomes another user: not at all, by runuser (root needs no permission), or by sudo.
 *
 * <p>A password goes in as the first line of standard input, with {@code -k} so that sudo is sure to read it.
 *
 * @param login    who the connection is
 * @param password null when sudo asks for none
 */
public record Elevation(String login, Secret password) implements UnaryOperator<Command> {
    /** Root's home may be closed to the other user: psql and python complain, or read root's files. */
    static final String AT_HOME = "HOME=$(getent passwd \"$(id -u)\" | cut -d: -f6); USER=$(id -un);"
            + " export HOME USER; cd \"$HOME\" 2>/dev/null || cd /; exec \"$@\"";

    @Override
    public Command apply(Command command) {
        var user = command.user();
        if (user == null || user.equals(login)) {
            return command;
        }
        var ready = user.equals("root") ? command : command.behind("sh", "-c", AT_HOME, "sh");
        if (login.equals("root")) {
            return ready.behind("runuser", "-u", user, "--");
        }
        if (password == null) {
            return ready.behind("sudo", "-n", "-H", "-u", user, "--");
        }
        return ready.behind("sudo", "-k", "-S", "-p", "", "-H", "-u", user, "--")
                .reading(passwordBefore(command.input()));
    }

    private Input passwordBefore(Input input) {
        if (input instanceof Input.Words words) {
            var all = new ArrayList<Word>(List.of(password, new Plain("\n")));
            all.addAll(words.words());
            return new Input.Words(all);
        }
        return new Input.Both(Input.of(password, "\n"), input);
    }
}
