package dragonfab.shell.ssh;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A key to log in with: its public half, and a way to have things signed by the private one. */
public interface Identity {

    /** The public key, or the certificate, in the form that goes over the wire. */
    byte[] blob();

    /** What people know it by. */
    String name();

    /** The signature in the form that goes over the wire. */
    byte[] sign(byte[] data) throws IOException;

    /** True when a signature costs nobody a touch or a passphrase, so that it may be made on suspicion. */
    boolean isFree();

    /** This key behind a certificate for it. */
    default Identity certified(byte[] certificate, String name) {
        var key = this;
        return new Identity() {
            @Override
            public byte[] blob() {
                return certificate;
            }

            @Override
            public String name() {
                return name;
            }

            @Override
            public byte[] sign(byte[] data) throws IOException {
                return key.sign(data);
            }

            @Override
            public boolean isFree() {
                return key.isFree();
            }
        };
    }

    default String type() {
        var bytes = ByteBuffer.wrap(blob());
        var type = new byte[bytes.getInt()];
        bytes.get(type);
        return new String(type, StandardCharsets.US_ASCII);
    }

    /** The name of the signature; RSA keys sign with SHA-2 only. */
    default String algorithm() {
        return type().replaceFirst("^ssh-rsa(?=$|-cert)", "rsa-sha2-512");
    }
}
