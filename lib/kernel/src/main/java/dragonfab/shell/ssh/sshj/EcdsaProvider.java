package dragonfab.shell.ssh.sshj;

import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyFactorySpi;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.Security;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;

/**
 * The JDK's "EC" keys under the name "ECDSA", which sshj asks for and only BouncyCastle has.
 *
 * <p>Without it ECDSA keys, of hosts and of people, are passed over in silence.
 */
final class EcdsaProvider extends Provider {
    private static final long serialVersionUID = 1;
    private static final String NAME = "dragonfab-ecdsa";

    private EcdsaProvider() {
        super(NAME, "1", "KeyFactory ECDSA");
        putService(new Service(this, "KeyFactory", "ECDSA", Keys.class.getName(), null, null) {
            @Override
            public Object newInstance(Object parameter) {
                return new Keys();
            }
        });
    }

    /** Only where such a key is met: to add one, Java loads all the providers that there are. */
    static void add() {
        if (Security.getProvider(NAME) == null) {
            Security.addProvider(new EcdsaProvider());
        }
    }

    private static final class Keys extends KeyFactorySpi {
        private final KeyFactory keys;

        Keys() {
            try {
                keys = KeyFactory.getInstance("EC");
            } catch (NoSuchAlgorithmException e) {
                throw new ProviderException(e);
            }
        }

        @Override
        protected PublicKey engineGeneratePublic(KeySpec spec) throws InvalidKeySpecException {
            return keys.generatePublic(spec);
        }

        @Override
        protected PrivateKey engineGeneratePrivate(KeySpec spec) throws InvalidKeySpecException {
            return keys.generatePrivate(spec);
        }

        @Override
        protected <T extends KeySpec> T engineGetKeySpec(Key key, Class<T> spec)
                throws InvalidKeySpecException {
            return keys.getKeySpec(key, spec);
        }

        @Override
        protected Key engineTranslateKey(Key key) throws InvalidKeyException {
            return keys.translateKey(key);
        }
    }
}
