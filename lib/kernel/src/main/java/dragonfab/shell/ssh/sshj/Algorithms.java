package dragonfab.shell.ssh.sshj;

import com.hierynomus.sshj.key.KeyAlgorithm;
import com.hierynomus.sshj.key.KeyAlgorithms;
import com.hierynomus.sshj.transport.cipher.BlockCiphers;
import com.hierynomus.sshj.transport.cipher.ChachaPolyCiphers;
import com.hierynomus.sshj.transport.cipher.GcmCiphers;
import com.hierynomus.sshj.transport.kex.DHGroups;
import com.hierynomus.sshj.transport.mac.Macs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import net.schmizz.keepalive.KeepAliveProvider;
import net.schmizz.sshj.DefaultSecurityProviderConfig;
import net.schmizz.sshj.common.Factory;
import net.schmizz.sshj.transport.cipher.Cipher;
import net.schmizz.sshj.transport.kex.Curve25519SHA256;
import net.schmizz.sshj.transport.kex.DHGexSHA256;
import net.schmizz.sshj.transport.kex.ECDHNistP;
import net.schmizz.sshj.transport.kex.KeyExchange;

/**
 * What is offered to a server: today's algorithms only, by the JDK's own cryptography, the fastest first.
 *
 * <p>sshj's own lists begin with SHA-1 and cost half a second of trying out ciphers.
 */
final class Algorithms extends DefaultSecurityProviderConfig {
    /** Made once for all hosts whose keys are of the same kinds. */
    private static final Map<List<String>, Algorithms> USUAL = new ConcurrentHashMap<>();

    /** @param kinds of host key to ask for before others, as known_hosts names them */
    static Algorithms of(List<String> kinds) {
        return USUAL.computeIfAbsent(kinds, Algorithms::new);
    }

    private Algorithms(List<String> kinds) {
        setKeyAlgorithms(sorted(kinds));
        setKeepAliveProvider(KeepAliveProvider.KEEP_ALIVE);
    }

    /** For a server that speaks nothing else. The JDK has the cipher, but not in the form that SSH wants. */
    static Algorithms withChacha(List<String> kinds) {
        BouncyCastle.add();
        return new Algorithms(kinds).addChacha();
    }

    private Algorithms addChacha() {
        var ciphers = new ArrayList<Factory.Named<Cipher>>(getCipherFactories());
        ciphers.add(ChachaPolyCiphers.CHACHA_POLY_OPENSSH());
        setCipherFactories(ciphers);
        return this;
    }

    @Override
    @SuppressWarnings("unchecked")
    protected void initKeyExchangeFactories() {
        setKeyExchangeFactories(new Curve25519SHA256.Factory(), new Curve25519SHA256.FactoryLibSsh(),
                new ECDHNistP.Factory256(), new ECDHNistP.Factory384(), new ECDHNistP.Factory521(),
                new DHGexSHA256.Factory(), group("16-sha512", DHGroups::Group16SHA512),
                group("18-sha512", DHGroups::Group18SHA512), group("14-sha256", DHGroups::Group14SHA256));
    }

    private static Factory.Named<KeyExchange> group(String name, Supplier<Factory.Named<KeyExchange>> factory) {
        return new Late<>("diffie-hellman-group" + name, () -> factory.get().create());
    }

    @Override
    @SuppressWarnings("unchecked")
    protected void initCipherFactories() {
        setCipherFactories(GcmCiphers.AES256GCM(), GcmCiphers.AES128GCM(),
                BlockCiphers.AES256CTR(),
                BlockCiphers.AES128CTR());
    }

    @Override
    @SuppressWarnings("unchecked")
    protected void initMACFactories() {
        setMACFactories(Macs.HMACSHA2256Etm(), Macs.HMACSHA2512Etm(), Macs.HMACSHA2256(), Macs.HMACSHA2512());
    }

    static List<Factory.Named<KeyAlgorithm>> hostKeys() {
        return List.of(perhapsEcdsa(KeyAlgorithms.EdDSA25519CertV01()),
                perhapsEcdsa(KeyAlgorithms.ECDSASHANistp256CertV01()),
                perhapsEcdsa(KeyAlgorithms.ECDSASHANistp384CertV01()),
                perhapsEcdsa(KeyAlgorithms.ECDSASHANistp521CertV01()),
                KeyAlgorithms.EdDSA25519(), perhapsEcdsa(KeyAlgorithms.ECDSASHANistp256()),
                perhapsEcdsa(KeyAlgorithms.ECDSASHANistp384()), perhapsEcdsa(KeyAlgorithms.ECDSASHANistp521()),
                KeyAlgorithms.RSASHA512(), KeyAlgorithms.RSASHA256());
    }

    /** Chosen by a server whose key is of that kind, or is signed by one that may be. */
    private static Factory.Named<KeyAlgorithm> perhapsEcdsa(Factory.Named<KeyAlgorithm> algorithm) {
        return new Late<>(algorithm.getName(), () -> {
            EcdsaProvider.add();
            return algorithm.create();
        });
    }

    /** What costs much and is chosen seldom, and therefore made only then. */
    private record Late<T>(String getName, Supplier<T> maker) implements Factory.Named<T> {
        @Override
        public T create() {
            return maker.get();
        }
    }

    private static List<Factory.Named<KeyAlgorithm>> sorted(List<String> kinds) {
        var first = new ArrayList<Factory.Named<KeyAlgorithm>>();
        var rest = new ArrayList<Factory.Named<KeyAlgorithm>>();
        for (var algorithm : hostKeys()) {
            (isOneOf(kinds, algorithm.getName()) ? first : rest).add(algorithm);
        }
        first.addAll(rest);
        return first;
    }

    private static boolean isOneOf(List<String> kinds, String algorithm) {
        return kinds.contains(algorithm)
                || algorithm.startsWith("rsa-sha2-") && kinds.contains("ssh-rsa")
                || algorithm.contains("-cert-") && kinds.contains("@cert-authority");
    }
}
