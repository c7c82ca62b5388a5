package dragonfab.shell.ssh.sshj;

import java.io.OutputStream;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.common.Message;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.connection.ConnectionException;
import net.schmizz.sshj.connection.channel.direct.DirectConnection;
import net.schmizz.sshj.transport.TransportException;

/** A TCP connection that a jump host makes for us. */
final class Tunnel extends DirectConnection {
    private final ChannelOutput output = new ChannelOutput(trans, () -> rwin, this::getRecipient);
    private volatile boolean givenUp;

    Tunnel(SSHClient jump, String host, int port) {
        super(jump.getConnection(), host, port);
    }

    /** Waits for nobody. Its streams stay open: data on a closed one would end the jump host's connection. */
    void hangUp() throws TransportException {
        sendClose();
    }

    /** Ends the waiting for a jump host that gets no answer from the other side. */
    void giveUp() {
        givenUp = true;
        openEvent.deliverError(new ConnectionException("no answer"));
    }

    @Override
    public OutputStream getOutputStream() {
        return output;
    }

    @Override
    public void handle(Message message, SSHPacket packet) throws SSHException {
        super.handle(message, packet);
        if (message == Message.CHANNEL_WINDOW_ADJUST) {
            output.wakeUp();
        }
        if (givenUp && message == Message.CHANNEL_OPEN_CONFIRMATION) {
            sendClose();
        }
    }

    @Override
    protected void sendClose() throws TransportException {
        output.shut(super::sendClose);
    }

    @Override
    protected void closeAllStreams() {
        eofInputStreams();
    }

    @Override
    public void notifyError(SSHException error) {
        super.notifyError(error);
        output.shut();
    }
}
