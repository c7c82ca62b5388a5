package dragonfab.shell.ssh;

import java.io.IOException;
import java.nio.file.Path;

/** A private key in a file, which may have to be opened before it is of use. */
public interface IdentityFile extends Identity {

    /** True when nobody can open it: it is encrypted, and nobody is there to ask. */
    boolean isShut();

    /** True when its public half is known without a passphrase. */
    boolean isReadyToName();

    /** A transport's way to read such files. */
    interface Reader {

        /** @throws IOException when it cannot be read, or is no private key */
        IdentityFile at(Path path, Operator person) throws IOException;
    }
}
