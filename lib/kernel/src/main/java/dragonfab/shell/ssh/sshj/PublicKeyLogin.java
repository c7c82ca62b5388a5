package dragonfab.shell.ssh.sshj;

import dragonfab.shell.ssh.Identity;
import java.io.IOException;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.Message;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.transport.TransportException;
import net.schmizz.sshj.userauth.UserAuthException;
import net.schmizz.sshj.userauth.method.AbstractAuthMethod;

/**
 * Logging in with one key.
 *
 * <p>A likely key is sent signed at once, which saves a round trip; any other is offered first, so that
 * nobody touches or types anything for a server that does not want it. The first channel can be asked for right behind
 * it, which saves another: what follows a login that succeeds is for the service behind it (RFC 4252, 5.1).
 */
final class PublicKeyLogin extends AbstractAuthMethod {
    private final Identity identity;
    private final boolean likely;
    private final Channels behind;

    /** @param behind what to open with it; null for nothing */
    PublicKeyLogin(Identity identity, boolean likely, Channels behind) {
        super("publickey");
        this.identity = identity;
        this.likely = likely;
        this.behind = behind;
    }

    @Override
    public void request() throws UserAuthException, TransportException {
        super.request();
        try {
            if (behind != null) {
                behind.prepare();
            }
        } catch (TransportException e) {
            throw e;
        } catch (IOException e) {
            throw new TransportException(e);
        }
    }

    @Override
    protected SSHPacket buildReq() throws UserAuthException {
        return likely ? signed() : fields(false);
    }

    @Override
    public void handle(Message message, SSHPacket packet) throws UserAuthException, TransportException {
        // 60 is SSH_MSG_USERAUTH_PK_OK here: the server knows the key.
        if (message == Message.USERAUTH_60) {
            params.getTransport().write(signed());
        } else {
            super.handle(message, packet);
        }
    }

    private SSHPacket fields(boolean signed) throws UserAuthException {
        return super.buildReq().putBoolean(signed).putString(identity.algorithm()).putString(identity.blob());
    }

    private SSHPacket signed() throws UserAuthException {
        var request = fields(true);
        var session = new Buffer.PlainBuffer().putString(params.getTransport().getSessionID());
        try {
            return request.putString(identity.sign(session.putBuffer(request).getCompactData()));
        } catch (IOException e) {
            throw new UserAuthException(e.getMessage(), e);
        }
    }
}
