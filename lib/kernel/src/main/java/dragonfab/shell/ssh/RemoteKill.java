package dragonfab.shell.ssh;

import dragonfab.shell.Command;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Finds a command again on the host, and ends it with all its children.
 *
 * <p>Closing the channel does not: without a terminal the command runs on.
 */
public final class RemoteKill {
    private static final String VARIABLE = "DRAGONFAB_RUN";
    /** For what ends a command, which comes to its own end there whether we wait for that or not. */
    public static final Duration PATIENCE = Duration.ofSeconds(3);
    /** For a host to say that it is there at all. */
    public static final Duration ANSWER = Duration.ofSeconds(2);
    /** No assignment, and nothing that only a shell has. */
    private static final Pattern PROGRAM = Pattern.compile("(?!(exit|cd|command|umask|export|set|trap|read|wait|type"
            + "|ulimit|eval|exec|unset|shift|return|hash|jobs|times|[.:]) )[\\w./-]+( |$)");
    private static final SecureRandom RANDOM = new SecureRandom();
    /** [=] keeps the search from finding itself. */
    private static final String SCRIPT = """
            tree() { for p; do echo "$p"; tree $(cat /proc/"$p"/task/*/children 2>/dev/null); done; }
            marked() { grep -lsz "%s[=]$1" /proc/[0-9]*/environ /proc/[0-9]*/cmdline | cut -d/ -f3; }
            found() { tree $(marked "$1") | sort -u; }
            all=$(found "$1")
            [ -n "$all" ] || exit 1
            kill -TERM $all 2>/dev/null
            for i in 1 2 3 4 5 6 7 8 9 10; do
                sleep 0.1
                alive=
                for p in $all; do kill -0 "$p" 2>/dev/null && alive=1; done
                [ -n "$alive" ] || exit 0
            done
            kill -KILL $all $(found "$1") 2>/dev/null
            exit 0
            """.formatted(VARIABLE);

    private final String mark;

    public RemoteKill() {
        this.mark = random();
    }

    /** A word that nobody can guess. */
    static String random() {
        var bytes = new byte[8];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** The line, with a mark that its process and all children carry. */
    public String marked(String line) {
        // The shell gives its place to a program, so that a signal that ends it is told as one.
        return "export " + VARIABLE + "=" + mark + "; " + (PROGRAM.matcher(line).lookingAt() ? "exec " : "") + line;
    }

    /** How long its end is waited for, whatever the host does; a question left behind changes nothing. */
    public static Duration patience(Command command) {
        return command.question() ? ANSWER : PATIENCE.plus(ANSWER);
    }

    /** As root, where the command was somebody else's; and if that may not be, as whom we logged in. */
    public void end(Sudo sudo, Command command, Host host) throws IOException, InterruptedException {
        var killer = Command.script(SCRIPT, mark);
        if (command.user() == null || !host.isDone(sudo.apply(killer.asRoot(), PATIENCE))) {
            host.isDone(killer);
        }
    }

    /** Where the command runs. */
    public interface Host {
        /** Runs a command there as it stands, for {@link #PATIENCE} at most; true when it ended well. */
        boolean isDone(Command ready) throws IOException, InterruptedException;
    }
}
