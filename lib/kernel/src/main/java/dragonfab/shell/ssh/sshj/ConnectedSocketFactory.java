package dragonfab.shell.ssh.sshj;

import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/** Hands out the one socket that is connected already. */
final class ConnectedSocketFactory extends SocketFactory {
    private final SocketAdapter socket;

    ConnectedSocketFactory(SocketAdapter socket) {
        this.socket = socket;
    }

    @Override
    public Socket createSocket() {
        return socket;
    }

    @Override
    public Socket createSocket(String host, int port) {
        return socket;
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) {
        return socket;
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        return socket;
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress local, int localPort) {
        return socket;
    }
}
