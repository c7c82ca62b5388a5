package dragonfab.shell.ssh.sshj;

import dragonfab.shell.DaemonThreads;
import dragonfab.shell.ssh.ConnectFailure;
import dragonfab.shell.ssh.JumpHost;
import dragonfab.shell.ssh.ResolvedHost;
import java.io.IOException;
import net.schmizz.sshj.connection.channel.OpenFailException;

/**
 * The way to a host: straight, or through a jump host whose connection all who need it share.
 *
 * @param bastion the share in the jump host's connection; null on a straight way
 */
public record Route(SocketAdapter socket, JumpConnection bastion) implements AutoCloseable {

    public static Route to(ResolvedHost to) {
        JumpHost.refuseProxyCommand(to);
        if (to.jumps().isEmpty()) {
            try {
                return new Route(SocketAdapter.direct(to.host(), to.port(), to.connectTimeout()), null);
            } catch (IOException e) {
                throw ConnectFailure.reaching(to, e);
            }
        }
        var jump = JumpHost.before(to);
        var bastion = JumpConnection.share(jump);
        var tunnel = new Tunnel(bastion.connection().client(), to.host(), to.port());
        try (var deadline = DaemonThreads.after(to.connectTimeout(), tunnel::giveUp)) {
            tunnel.open();
            return new Route(SocketAdapter.over(tunnel, to.port()), bastion);
        } catch (IOException e) {
            bastion.close();
            throw isProhibited(e) ? ConnectFailure.prohibited(to, jump) : ConnectFailure.passing(to, jump, e);
        }
    }

    private static boolean isProhibited(IOException e) {
        return e instanceof OpenFailException refused
                && refused.getReason() == OpenFailException.Reason.ADMINISTRATIVELY_PROHIBITED;
    }

    @Override
    public void close() {
        if (bastion != null) {
            bastion.close();
        }
    }
}
