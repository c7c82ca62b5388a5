package dragonfab.shell.ssh.sshj;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.connection.ConnectionException;
import net.schmizz.sshj.transport.TransportException;

/** A question to the server that it answers behind all it said before. */
record PingRequest(SSHClient client) {

    /** Waits until all that the server said so far has come in; false when it does not answer within that time. */
    boolean isAnswered(Duration within) throws TransportException {
        var echo = client.getConnection().sendGlobalRequest("keepalive@openssh.com", true, new byte[0]);
        try {
            return echo.tryRetrieve(within.toMillis(), TimeUnit.MILLISECONDS) != null;
        } catch (ConnectionException refused) {
            // A refusal is an answer too; a broken connection shows elsewhere.
            return true;
        }
    }
}
