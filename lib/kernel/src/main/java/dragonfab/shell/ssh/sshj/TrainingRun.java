package dragonfab.shell.ssh.sshj;

import java.io.File;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.List;
import java.util.jar.JarFile;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import net.schmizz.sshj.SSHClient;

/**
 * Loads what a deploy over SSH needs, and does nothing: the installed form keeps these classes in an archive, so that
 * later runs need not read and check them.
 */
public final class TrainingRun {
    private static final byte[] ANY = new byte[32];

    private TrainingRun() {
    }

    public static void main(String... args) throws IOException, GeneralSecurityException {
        for (var jar : System.getProperty("java.class.path").split(File.pathSeparator)) {
            // BouncyCastle is for servers that speak nothing else.
            if (jar.endsWith(".jar") && !new File(jar).getName().startsWith("bc")) {
                load(new File(jar));
            }
        }
        cryptography();
        try (var client = new SSHClient(Algorithms.of(List.of()))) {
            client.getConnection().getKeepAlive();
        }
    }

    private static void load(File jar) throws IOException {
        try (var file = new JarFile(jar)) {
            file.stream().map(entry -> entry.getName()).filter(name -> name.endsWith(".class"))
                    .map(name -> name.replaceFirst("\\.class$", "").replace('/', '.')).forEach(TrainingRun::load);
        }
    }

    private static void load(String name) {
        try {
            Class.forName(name, false, TrainingRun.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError absent) {
            // It is for something that we do not bring, and do not need.
        }
    }

    static void cryptography() throws GeneralSecurityException {
        var pair = KeyPairGenerator.getInstance("X25519").generateKeyPair();
        var agreement = KeyAgreement.getInstance("X25519");
        agreement.init(pair.getPrivate());
        agreement.doPhase(pair.getPublic(), true);
        agreement.generateSecret();
        var signer = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        var signature = Signature.getInstance("Ed25519");
        signature.initSign(signer.getPrivate());
        signature.update(ANY);
        var signed = signature.sign();
        signature.initVerify(signer.getPublic());
        signature.update(ANY);
        signature.verify(signed);
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(ANY, "AES"), new GCMParameterSpec(128, new byte[12]));
        cipher.doFinal(ANY);
        Mac.getInstance("HmacSHA256").init(new SecretKeySpec(ANY, "HmacSHA256"));
    }
}
