package dragonfab.shell.ssh.sshj;

import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.connection.ConnectionException;
import net.schmizz.sshj.transport.TransportException;

/** A question to the server that it answers behind all it said before. */
record PingRequest(SSHClient client) {

    /** Waits until all that the server said so far has come in. */
    void await() throws TransportException {
        var echo = client.getConnection().sendGlobalRequest("keepalive@openssh.com", true, new byte[0]);
        try {
            echo.retrieve();
        } catch (ConnectionException refused) {
            // A refusal is an answer too; a broken connection shows elsewhere.
        }
    }
}
