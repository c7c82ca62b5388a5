package dragonfab.shell.ssh.sshj;

import dragonfab.shell.Secret;
import dragonfab.shell.ssh.IdentityFile;
import dragonfab.shell.ssh.Operator;
import dragonfab.shell.ssh.PublicKeyFile;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.Factory;
import net.schmizz.sshj.userauth.keyprovider.KeyProviderUtil;
import net.schmizz.sshj.userauth.password.PasswordUtils;

/**
 * A private key in a file. Its passphrase is asked for when the server wants this key, once in a run.
 */
public final class PrivateKeyFile implements IdentityFile {
    private static final Map<Path, Object> TURNS = new ConcurrentHashMap<>();
    private static final Map<Path, KeyPair> OPENED = new ConcurrentHashMap<>();
    private static final int TRIES = 3;

    private final Path path;
    private final Operator person;
    private final boolean encrypted;
    private final byte[] blob;

    private PrivateKeyFile(Path path, Operator person, boolean encrypted, byte[] blob) {
        this.path = path;
        this.person = person;
        this.encrypted = encrypted;
        this.blob = blob;
    }

    public static PrivateKeyFile at(Path path, Operator person) throws IOException {
        var half = PublicKeyFile.within(path);
        return new PrivateKeyFile(path, person, half.encrypted(), half.blob());
    }

    @Override
    public boolean isShut() {
        return encrypted && !person.isThere() && !OPENED.containsKey(path);
    }

    @Override
    public boolean isReadyToName() {
        return blob != null || !encrypted;
    }

    @Override
    public byte[] blob() {
        try {
            return blob != null ? blob
                    : new Buffer.PlainBuffer().putPublicKey(open().getPublic()).getCompactData();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public String name() {
        return "key " + path;
    }

    @Override
    public boolean isFree() {
        return !encrypted || OPENED.containsKey(path);
    }

    @Override
    public byte[] sign(byte[] data) throws IOException {
        var kind = Factory.Named.Util.create(Algorithms.hostKeys(), algorithm());
        if (kind == null) {
            throw new IOException("no signatures with keys of the kind " + type());
        }
        var signature = kind.newSignature();
        signature.initSign(open().getPrivate());
        signature.update(data);
        return new Buffer.PlainBuffer().putString(signature.getSignatureName())
                .putBytes(signature.encode(signature.sign())).getCompactData();
    }

    /** One thread opens it, and asks; the others find it open. */
    private KeyPair open() throws IOException {
        synchronized (TURNS.computeIfAbsent(path, p -> new Object())) {
            var pair = OPENED.get(path);
            for (int tries = 0; pair == null; tries++) {
                var passphrase = encrypted ? person.secret("Passphrase for " + path + ": ") : null;
                try {
                    pair = read(passphrase);
                } catch (IOException e) {
                    if (!encrypted || passphrase == null || tries == TRIES - 1) {
                        throw new IOException(passphrase == null ? e.getMessage() : "wrong passphrase", e);
                    }
                }
            }
            OPENED.put(path, pair);
            return pair;
        }
    }

    private KeyPair read(Secret passphrase) throws IOException {
        if (encrypted && passphrase == null) {
            throw new IOException("it is encrypted, and there is no passphrase");
        }
        if (blob == null || type().startsWith("ecdsa-")) {
            EcdsaProvider.add();
        }
        var format = KeyProviderUtil.detectKeyFileFormat(path.toFile());
        var formats = Algorithms.of(java.util.List.of()).getFileKeyProviderFactories();
        var file = Factory.Named.Util.create(formats, format.toString());
        if (file == null) {
            throw new IOException("not a private key");
        }
        file.init(path.toFile(), passphrase == null ? null
                : PasswordUtils.createOneOff(passphrase.reveal().toCharArray()));
        return new KeyPair(file.getPublic(), file.getPrivate());
    }
}
