package dragonfab.shell.ssh.sshj;

import dragonfab.report.Failure;
import dragonfab.shell.ConnectionLost;
import dragonfab.shell.ssh.ConnectFailure;
import dragonfab.shell.ssh.ResolvedHost;
import java.io.IOException;

/** The connection did not come as far as the login, with what is needed to see whether another attempt makes sense. */
final class GreetingFailed extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient IOException cause;
    private final String firstWords;
    private final boolean late;

    GreetingFailed(IOException cause, String firstWords, boolean late) {
        super(cause);
        this.cause = cause;
        this.firstWords = firstWords;
        this.late = late;
    }

    boolean wantsChacha() {
        return String.valueOf(cause.getMessage())
                .matches("(?s).*settlement of \\w*Cipher.* and .*chacha20-poly1305.*");
    }

    Failure failure(ResolvedHost to) {
        if (!firstWords.startsWith("SSH-")) {
            return ConnectFailure.stranger(to, firstWords, late);
        }
        var where = to.hostAndPort();
        var words = ConnectFailure.plain(cause);
        if (words.contains("settlement")) {
            var theirs = words.replaceFirst(".*settlement of (\\w+): .* and \\[(.*)]", "$2 ($1)")
                    .replaceAll(", (kex-strict|ext-info)-[^, ]*", "");
            return ConnectFailure.nothingInCommon(to, theirs);
        }
        if (words.contains("certificate check failed")) {
            return Failure.refused(to.place(), "the host certificate of " + where + " is not good: "
                    + words.replaceFirst(".*check failed: ", ""));
        }
        return new ConnectionLost(to.place(), late
                ? where + " did not end its greeting within " + to.connectTimeout().toSeconds() + "s"
                : "connection to " + where + " broke: " + ConnectFailure.reason(cause));
    }
}
