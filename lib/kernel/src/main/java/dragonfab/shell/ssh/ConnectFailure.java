package dragonfab.shell.ssh;

import dragonfab.report.Failure;
import dragonfab.report.Remedy;
import dragonfab.shell.ConnectionLost;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;

/** Why a connection failed, in plain words, with what to do about it. */
public final class ConnectFailure {

    private ConnectFailure() {
    }

    /** Before anybody answered. */
    public static ConnectionLost reaching(ResolvedHost to, IOException e) {
        var where = to.hostAndPort();
        if (e instanceof UnknownHostException) {
            return new ConnectionLost(to.place(), "unknown host name: " + to.host())
                    .remedy(Remedy.program("getent", "hosts", to.host()));
        }
        if (e instanceof SocketTimeoutException) {
            return new ConnectionLost(to.place(), "no answer from " + where + " within "
                    + to.connectTimeout().toSeconds() + "s")
                    .remedy("is it running, and does a firewall let port " + to.port() + " through?");
        }
        if (e instanceof NoRouteToHostException || says(e, "unreachable")) {
            return new ConnectionLost(to.place(), "no route to " + where)
                    .remedy("is it running, and this machine in the right network or VPN?");
        }
        if (e instanceof ConnectException && says(e, "refused")) {
            return new ConnectionLost(to.place(), "connection refused by " + where)
                    .remedy("is sshd running there, and on port " + to.port() + "?");
        }
        return new ConnectionLost(to.place(), "cannot connect to " + where + ": " + e.getMessage());
    }

    /** When a jump host could not pass us on. */
    public static ConnectionLost passing(ResolvedHost to, ResolvedHost jump, IOException e) {
        return new ConnectionLost(to.place(), unreached(to, jump) + reason(e));
    }

    /** When it may not. */
    public static ConnectionLost prohibited(ResolvedHost to, ResolvedHost jump) {
        return new ConnectionLost(to.place(), unreached(to, jump) + "it does not pass connections on")
                .remedy("AllowTcpForwarding yes in its /etc/ssh/sshd_config");
    }

    private static String unreached(ResolvedHost to, ResolvedHost jump) {
        return jump.place() + " cannot reach " + to.hostAndPort() + ": ";
    }

    /** @param theirs what the other side offers */
    public static Failure nothingInCommon(ResolvedHost to, String theirs) {
        return Failure.failed(to.place(), "no algorithm in common with " + to.hostAndPort() + ": it offers only "
                + theirs).remedy("bring its OpenSSH up to date");
    }

    public static Failure stranger(ResolvedHost to, String firstWords, boolean late) {
        var where = to.hostAndPort();
        var isItSshd = "is " + to.port() + " the port of its sshd?";
        if (!firstWords.isEmpty()) {
            var said = " is no SSH server: it says \"" + firstWords + "\"";
            return new ConnectionLost(to.place(), where + said).remedy(isItSshd);
        }
        if (late) {
            var within = to.connectTimeout().toSeconds() + "s";
            return new ConnectionLost(to.place(), where + " took the connection, but no SSH server spoke"
                    + " within " + within).remedy(isItSshd);
        }
        return new ConnectionLost(to.place(), where + " closed the connection before it said a word")
                .remedy("does its sshd take so many connections at once (MaxStartups), or ours at all?");
    }

    /** Why a connection broke that was good before. */
    public static String reason(Throwable e) {
        if (e == null) {
            return "it is closed";
        }
        var words = plain(e);
        if (words.contains("keep-alive")) {
            return "no answer" + words.replaceFirst(".* for (\\d+) seconds.*", " for $1s");
        }
        if (words.contains("encountered EOF") || e instanceof EOFException) {
            return "the other side closed it";
        }
        if (words.contains("Connection reset") || words.contains("Broken pipe")) {
            return "the other side reset it";
        }
        var here = words.equals("Disconnected") || e instanceof SocketException && words.contains("closed");
        return here ? "it was closed here" : words;
    }

    /** The other side may have chosen these words: they must not move a cursor. */
    public static String plain(Throwable e) {
        return String.valueOf(e.getMessage()).replaceAll("\\p{Cntrl}", "?");
    }

    private static boolean says(IOException e, String word) {
        return String.valueOf(e.getMessage()).contains(word);
    }
}
