package dragonfab.shell.ssh;

import java.time.Duration;
import net.schmizz.sshj.transport.Transport;
import net.schmizz.sshj.transport.TransportException;
import net.schmizz.sshj.userauth.UserAuthImpl;

/**
 * Sends the first login request right behind the request for the login service, which saves a round trip, and does not
 * mind when the server has not understood what was sent behind a login that failed.
 */
final class PipelinedAuth extends UserAuthImpl {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Wire wire;

    PipelinedAuth(Transport transport, Wire wire) {
        super(transport);
        this.wire = wire;
    }

    @Override
    public void notifyUnimplemented(long packet) {
        // Only a channel is ever sent ahead, and who sent it knows that the login failed.
    }

    private void requestService() {
        try {
            trans.reqService(this);
        } catch (TransportException e) {
            notifyError(e);
        }
    }

    @Override
    public void request() throws TransportException {
        if (trans.getService() == this) {
            return;
        }
        var sent = wire.flushes();
        // sshj waits for the answer in the thread that asked; so another one asks.
        Daemons.start(this::requestService);
        try {
            wire.awaitFlush(sent, PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransportException(e);
        }
    }
}
