package dragonfab.shell.ssh;

import dragonfab.shell.DaemonThreads;
import java.io.IOException;
import net.schmizz.sshj.connection.channel.OpenFailException;

/**
 * The way to a host: straight, or through a jump host whose connection all who need it share.
 *
 * @param bastion the share in the jump host's connection; null on a straight way
 */
record Way(Wire wire, Bastion bastion) implements AutoCloseable {

    static Way to(Destination to) {
        Jump.refuseProxyCommand(to);
        if (to.jumps().isEmpty()) {
            try {
                return new Way(Wire.direct(to.host(), to.port(), to.connectTimeout()), null);
            } catch (IOException e) {
                throw Trouble.reaching(to, e);
            }
        }
        var jump = Jump.before(to);
        var bastion = Bastion.share(jump);
        var tunnel = new Tunnel(bastion.connection().client(), to.host(), to.port());
        try (var deadline = DaemonThreads.after(to.connectTimeout(), tunnel::giveUp)) {
            tunnel.open();
            return new Way(Wire.over(tunnel, to.port()), bastion);
        } catch (IOException e) {
            bastion.close();
            throw isProhibited(e) ? Trouble.prohibited(to, jump) : Trouble.passing(to, jump, e);
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
