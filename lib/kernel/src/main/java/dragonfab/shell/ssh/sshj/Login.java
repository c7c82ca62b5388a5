package dragonfab.shell.ssh.sshj;

import dragonfab.report.Failure;
import dragonfab.shell.ConnectionLost;
import dragonfab.shell.ssh.Agent;
import dragonfab.shell.ssh.ConnectFailure;
import dragonfab.shell.ssh.Identities;
import dragonfab.shell.ssh.LoginFailure;
import dragonfab.shell.ssh.ResolvedHost;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.Service;
import net.schmizz.sshj.common.DisconnectReason;
import net.schmizz.sshj.transport.TransportException;
import net.schmizz.sshj.userauth.UserAuth;
import net.schmizz.sshj.userauth.UserAuthException;
import net.schmizz.sshj.userauth.method.AuthMethod;

/** Getting in: the keys first, then what a person can type; and if all fails, what was tried. */
final class Login {
    /** sshd's own patience is 120 seconds; a person may have to touch a key, or to type. */
    private static final int PATIENCE_MS = 115_000;

    private final SSHClient client;
    private final ResolvedHost to;
    private final UserAuth auth;
    private final Channels ahead;
    private final List<String> tried = new ArrayList<>();
    private volatile String farewell = "";

    /** @param ahead where a channel is opened with the login; null for none */
    Login(SSHClient client, SocketAdapter socket, ResolvedHost to, Channels ahead) {
        this.client = client;
        this.to = to;
        this.ahead = ahead;
        this.auth = new PipelinedAuth(client.getTransport(), socket);
        client.getTransport().setDisconnectListener((reason, words) -> farewell = said(reason, words));
    }

    /** The server's own words when it hung up; "" when it said none. */
    private static String said(DisconnectReason reason, String words) {
        return reason == DisconnectReason.UNKNOWN || words == null ? "" : words.replaceAll("[^ -~]", "?");
    }

    void getIn() {
        try (var agent = Agent.at(to.agent())) {
            var identities = new Identities(to, agent, PrivateKeyFile::at);
            if (!byKey(identities) && !byTyping()) {
                throw auth.hadPartialSuccess() ? LoginFailure.half(to, identities, tried, auth.getAllowedMethods())
                        : LoginFailure.of(to, identities, tried, auth.getAllowedMethods());
            }
        } catch (IOException e) {
            throw broken(e);
        }
    }

    private boolean byKey(Identities identities) throws IOException {
        var order = identities.inOrder();
        for (var identity : order) {
            var likely = identity == order.get(0) && identity.isFree();
            var behind = likely ? ahead : null;
            if (attempt(new PublicKeyLogin(identity, likely, behind), identity.name())) {
                return true;
            }
            if (behind != null) {
                behind.forget();
            }
            if (!auth.getAllowedMethods().contains("publickey")) {
                break;
            }
        }
        return false;
    }

    /** Whether a server may have hung up because a channel was asked for before it had let us in. */
    boolean wasHasty() {
        return ahead != null && tried.size() == 1;
    }

    private boolean byTyping() throws IOException {
        var person = to.settings().person();
        if (!person.isThere()) {
            return false;
        }
        for (var method : PasswordLogin.methods(person, to)) {
            var known = auth.getAllowedMethods();
            if ((known.isEmpty() || known.contains(method.getName())) && attempt(method, method.getName())) {
                return true;
            }
        }
        return false;
    }

    private boolean attempt(AuthMethod method, String name) throws IOException {
        tried.add(name);
        try {
            return auth.authenticate(to.user(), (Service) client.getConnection(), method, PATIENCE_MS);
        } catch (UserAuthException e) {
            if (e.getCause() instanceof TransportException || !client.isConnected()) {
                throw e;
            }
            tried.set(tried.size() - 1, name + " (" + e.getMessage() + ")");
            return false;
        }
    }

    private Failure broken(IOException e) {
        if (farewell.contains("Too many authentication failures")) {
            return LoginFailure.tooMany(to, tried);
        }
        return new ConnectionLost(to.place(), "connection to " + to.hostAndPort() + " broke at login: "
                + (farewell.isEmpty() ? ConnectFailure.reason(e) : farewell));
    }
}
