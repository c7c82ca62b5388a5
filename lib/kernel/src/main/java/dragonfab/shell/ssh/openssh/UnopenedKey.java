package dragonfab.shell.ssh.openssh;

import dragonfab.shell.Input;
import dragonfab.shell.LocalProcess;
import dragonfab.shell.ssh.IdentityFile;
import dragonfab.shell.ssh.Operator;
import dragonfab.shell.ssh.PublicKeyFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** A private key that the system's ssh uses: here it is only named. */
final class UnopenedKey implements IdentityFile {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Path path;
    private final Operator person;
    private final PublicKeyFile half;

    private UnopenedKey(Path path, Operator person, PublicKeyFile half) {
        this.path = path;
        this.person = person;
        this.half = half;
    }

    static UnopenedKey at(Path path, Operator person) throws IOException {
        return new UnopenedKey(path, person, PublicKeyFile.within(path));
    }

    @Override
    public boolean isShut() {
        return half.encrypted() && !person.isThere();
    }

    @Override
    public boolean isReadyToName() {
        return half.blob() != null || !half.encrypted();
    }

    @Override
    public byte[] blob() {
        try {
            return half.blob() != null ? half.blob() : told();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A key in the old format says its public half only when it is opened. */
    private byte[] told() throws IOException {
        var said = new ByteArrayOutputStream();
        try {
            new LocalProcess(List.of("ssh-keygen", "-y", "-P", "", "-f", path.toString()), Path.of("").toAbsolutePath(),
                    Input.NOTHING).run(said, OutputStream.nullOutputStream(), PATIENCE);
        } catch (TimeoutException e) {
            throw new IOException("it cannot be opened", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        var blob = PublicKeyFile.blob(said.toString(StandardCharsets.ISO_8859_1));
        if (blob == null) {
            throw new IOException("it cannot be opened");
        }
        return blob;
    }

    @Override
    public String name() {
        return "key " + path;
    }

    @Override
    public byte[] sign(byte[] data) {
        throw new UnsupportedOperationException("the system's ssh signs by itself");
    }

    @Override
    public boolean isFree() {
        return !half.encrypted();
    }
}
