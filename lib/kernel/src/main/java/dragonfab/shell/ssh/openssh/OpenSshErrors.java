package dragonfab.shell.ssh.openssh;

import dragonfab.report.Failure;
import dragonfab.report.Remedy;
import dragonfab.shell.ConnectionLost;
import dragonfab.shell.ssh.Agent;
import dragonfab.shell.ssh.ConnectFailure;
import dragonfab.shell.ssh.Identities;
import dragonfab.shell.ssh.Identity;
import dragonfab.shell.ssh.JumpHost;
import dragonfab.shell.ssh.LoginFailure;
import dragonfab.shell.ssh.ResolvedHost;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the system's ssh said when it did not get in, told as our own connection tells it. */
final class OpenSshErrors {
    private static final Pattern UNKNOWN = Pattern.compile("No (\\S+) host key is known for (\\S+) and you");

    private final ResolvedHost target;
    private final String said;

    private OpenSshErrors(ResolvedHost target, String said) {
        this.target = target;
        this.said = said;
    }

    static boolean isUnknownHost(String words) {
        return UNKNOWN.matcher(words).find();
    }

    static Failure of(ResolvedHost target, String words) {
        return new OpenSshErrors(target, words.replace("\r", "").replaceAll("[^\\n -~]", "?")).failure();
    }

    private Failure failure() {
        if (says("Certificate invalid: ") || says("Host key verification failed")) {
            return stranger();
        }
        var way = way();
        if (way != null) {
            return way;
        }
        if (says("Too many authentication failures")) {
            return login(List.of());
        }
        var denied = found("(?:\\S+@(\\S+): )?Permission denied \\(([^)]*)\\)");
        if (denied != null) {
            return login(List.of(denied.group(2).split(",")));
        }
        var offer = found("Unable to negotiate with .*: no matching .* found\\. Their offer: (\\S+)");
        return offer != null ? ConnectFailure.nothingInCommon(target, offer.group(1)) : greeting();
    }

    /** A host that is not to be trusted. */
    private Failure stranger() {
        var certificate = found("Certificate invalid: (.*)");
        if (certificate != null) {
            return refused(target, "the host certificate of " + target.hostAndPort() + " is not good: "
                    + certificate.group(1));
        }
        if (says("REVOKED HOST KEY") || says("is marked as revoked") || found("Host key .* revoked by file") != null) {
            return refused(target, "THE HOST KEY IS REVOKED");
        }
        var offending = found("Offending \\S+ key in (\\S+:\\d+)");
        if (offending != null) {
            return changed(offending.group(1));
        }
        var unknown = found(UNKNOWN.pattern());
        if (unknown != null) {
            var host = at(unknown.group(2));
            // The last one shown is that of the host which was not let through.
            var key = Pattern.compile("debug1: Server host key: \\S+ (SHA256:\\S+)").matcher(said).results()
                    .reduce((first, second) -> second).map(shown -> " " + shown.group(1)).orElse("");
            return refused(host, "the host key of " + host.hostAndPort() + " is not known: " + unknown.group(1) + key)
                    .remedy(host.learn(unknown.group(1).toLowerCase(Locale.ROOT)));
        }
        if (!target.jumps().isEmpty()) {
            var jump = JumpHost.before(target);
            return refused(jump, "its host key is not known").remedy(Remedy.line("ssh " + jump.typed()));
        }
        return refused(target, "the host key is not known, or another than before")
                .remedy(Remedy.line("ssh " + target.typed()));
    }

    private Failure changed(String line) {
        var key = found("fingerprint for the (\\S+) key sent by the remote host is\\s+(SHA256:[^.\\s]+)");
        var host = at(String.valueOf(group("Host key for (\\S+) has changed")));
        var shown = key == null ? "a new one" : key.group(1) + " " + key.group(2);
        return refused(host, "THE HOST KEY HAS CHANGED: it shows " + shown + ", but " + line + " knows another; the"
                + " host was installed anew, or somebody stands between")
                .remedy(Remedy.advice("only if you know why it changed")
                        .then(Remedy.line(host.hostKeys().forget(line))));
    }

    /** A host that is not reached; null when it was. */
    private Failure way() {
        var name = group("Could not resolve hostname (\\S+):");
        if (name != null) {
            return ConnectFailure.reaching(at(name), new UnknownHostException(name));
        }
        var connect = found("connect to host (\\S+) port (\\d+): (.*)");
        if (connect != null) {
            return ConnectFailure.reaching(at("[" + connect.group(1) + "]:" + connect.group(2)),
                    exception(connect.group(3)));
        }
        var open = found("channel \\d+: open failed: (.*?): (.*)");
        if (open != null && !target.jumps().isEmpty()) {
            var jump = JumpHost.before(target);
            return open.group(1).startsWith("administratively") ? ConnectFailure.prohibited(target, jump)
                    : ConnectFailure.passing(target, jump, new IOException(open.group(2)));
        }
        return null;
    }

    private static IOException exception(String words) {
        if (words.contains("timed out")) {
            return new SocketTimeoutException(words);
        }
        if (words.contains("No route") || words.contains("unreachable")) {
            return new NoRouteToHostException(words);
        }
        return words.contains("refused") ? new ConnectException("refused") : new IOException(words);
    }

    /** @param offered empty when too many keys were tried */
    private Failure login(List<String> offered) {
        var user = found("(\\S+)@(\\S+): Permission denied");
        var host = user == null ? target : at(user.group(2));
        try (var agent = Agent.at(host.agent())) {
            var identities = new Identities(host, agent, UnopenedKey::at);
            var tried = identities.inOrder().stream().map(Identity::name).toList();
            var refusal = offered.isEmpty() ? LoginFailure.tooMany(host, tried)
                    : says("with partial success") ? LoginFailure.half(host, identities, tried, offered)
                    : LoginFailure.of(host, identities, tried, offered);
            var open = group("Permissions \\d+ for '(.*)' are too open");
            return open == null ? refusal : refusal.remedy(Remedy.program("chmod", "600", open));
        } catch (IOException e) {
            return Failure.failed(host.place(), "login as " + host.user() + " refused");
        }
    }

    /** Whoever answered did not let us come to the login. */
    private Failure greeting() {
        var lines = said.lines().map(String::strip).filter(Predicate.not(String::isEmpty)).toList();
        if (target.proxyCommand() != null) {
            return new ConnectionLost(target.place(), "its ProxyCommand does not get through: "
                    + (lines.isEmpty() ? "no word" : lines.get(0))).remedy(Remedy.line("ssh " + target.typed()));
        }
        if (says("during banner exchange")) {
            return ConnectFailure.stranger(target, "", true);
        }
        if (found("(kex|ssh)_exchange_identification: .*(closed|reset)") != null) {
            return ConnectFailure.stranger(target, "", false);
        }
        return new ConnectionLost(target.place(), "connection to " + target.hostAndPort() + " broke: "
                + (lines.isEmpty() ? "ssh said nothing" : lines.get(lines.size() - 1)));
    }

    /** The host that is meant, the target or one on the way there. @param name host or [host]:port */
    private ResolvedHost at(String name) {
        var jumps = target.jumps().stream().map(text -> ResolvedHost.of(JumpHost.parse(target.settings(), text)));
        return Stream.concat(Stream.of(target), jumps)
                .filter(to -> to.host().equals(name) || to.hostKeys().names().contains(name)
                        || ("[" + to.host() + "]:" + to.port()).equals(name))
                .findFirst().orElse(target);
    }

    private static Failure refused(ResolvedHost host, String what) {
        return Failure.refused(host.place(), what);
    }

    private boolean says(String words) {
        return said.contains(words);
    }

    private String group(String pattern) {
        var found = found(pattern);
        return found == null ? null : found.group(1);
    }

    private MatchResult found(String pattern) {
        var matcher = Pattern.compile(pattern).matcher(said);
        return matcher.find() ? matcher.toMatchResult() : null;
    }
}
