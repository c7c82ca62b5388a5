package dragonfab.shell.ssh.sshj;

import dragonfab.shell.DaemonThreads;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import net.schmizz.sshj.Service;
import net.schmizz.sshj.common.Message;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.transport.Transport;
import net.schmizz.sshj.transport.TransportException;
import net.schmizz.sshj.userauth.UserAuthException;
import net.schmizz.sshj.userauth.UserAuthImpl;
import net.schmizz.sshj.userauth.method.AuthMethod;

/**
 * Sends the first login request right behind the request for the login service, which saves a round trip, and does not
 * mind when the server has not understood what was sent behind a login that failed.
 */
final class PipelinedAuth extends UserAuthImpl {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final SocketAdapter wire;
    private final CountDownLatch accepted = new CountDownLatch(1);
    private boolean asked;

    PipelinedAuth(Transport transport, SocketAdapter wire) {
        super(transport);
        this.wire = wire;
    }

    @Override
    public boolean authenticate(String user, Service next, AuthMethod method, int patienceMs)
            throws UserAuthException, TransportException {
        if (!asked) {
            asked = true;
            askForService();
        }
        return super.authenticate(user, next, method, patienceMs);
    }

    private void askForService() throws TransportException {
        var sent = wire.flushes();
        // sshj waits for the answer in the thread that asked; so another one asks.
        DaemonThreads.start(this::awaitService);
        try {
            if (!wire.awaitFlush(sent, PATIENCE)) {
                throw new TransportException("the request for the login service was not sent");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransportException(e);
        }
        // Else sshj would ask a second time, and wait.
        trans.setService(this);
    }

    private void awaitService() {
        try {
            trans.reqService(this);
        } catch (TransportException e) {
            notifyError(e);
        } finally {
            accepted.countDown();
        }
    }

    /** The server's answers come in their order; but what sshj does on the first, it does in the thread that asked. */
    @Override
    public void handle(Message message, SSHPacket packet) throws SSHException {
        try {
            accepted.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransportException(e);
        }
        super.handle(message, packet);
    }

    @Override
    public void notifyUnimplemented(long packet) {
        // Only a channel is ever sent ahead, and who sent it knows that the login failed.
    }
}
