package dev.edj.security;

import dev.edj.engine.Password;
import java.nio.ByteBuffer;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.SecretKeyFactorySpi;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Remembers what SCRAM derives from a password, so that one login to a thousand databases of a
/// server derives it once.
///
/// A login by SCRAM-SHA-256 makes the client hash the password 4,096 times, which costs it more
/// processor time than a short script. The result depends only on the password and on the server's
/// salt, which is that of the role and the same in all its databases. RFC 5802, section 3, lets a
/// client keep it, and connection poolers do. The driver asks the Java platform for it at every
/// login and has no other place to put it in, so it is remembered there, behind the platform's own
/// derivation, which does all computing.
public final class ScramKeys {

  private static final String TYPE = "SecretKeyFactory";
  private static final String ALGORITHM = "PBKDF2WithHmacSHA256";
  private static final int MOST_KEPT = 1_000;

  private ScramKeys() {}

  /// From now on, in this process. Does nothing the second time.
  public static void remember() {
    try {
      Provider platform = SecretKeyFactory.getInstance(ALGORITHM).getProvider();
      if (!(platform instanceof Remembering)) {
        Security.insertProviderAt(new Remembering(platform), 1);
      }
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  /// A provider of this one algorithm.
  private static final class Remembering extends Provider {

    private static final long serialVersionUID = 1;

    Remembering(Provider platform) {
      super("EDJ", "1", "remembers the keys that SCRAM derives from passwords");
      Map<Derivation, byte[]> known = new ConcurrentHashMap<>();
      putService(
          new Service(this, TYPE, ALGORITHM, Factory.class.getName(), null, null) {
            @Override
            public Object newInstance(@Nullable Object parameter) throws NoSuchAlgorithmException {
              return new Factory(SecretKeyFactory.getInstance(ALGORITHM, platform), known);
            }
          });
    }
  }

  /// All that the result depends on.
  private record Derivation(Password password, ByteBuffer salt, int iterations, int bits) {

    static Derivation of(PBEKeySpec spec) {
      return new Derivation(
          new Password(new String(spec.getPassword())),
          ByteBuffer.wrap(spec.getSalt()),
          spec.getIterationCount(),
          spec.getKeyLength());
    }
  }

  private static final class Factory extends SecretKeyFactorySpi {

    private final SecretKeyFactory platform;
    private final Map<Derivation, byte[]> known;

    Factory(SecretKeyFactory platform, Map<Derivation, byte[]> known) {
      this.platform = platform;
      this.known = known;
    }

    @Override
    protected SecretKey engineGenerateSecret(KeySpec spec) throws InvalidKeySpecException {
      if (!(spec instanceof PBEKeySpec password) || password.getSalt() == null) {
        return platform.generateSecret(spec);
      }
      Derivation derivation = Derivation.of(password);
      byte[] key = known.get(derivation);
      if (key == null) {
        key = platform.generateSecret(spec).getEncoded();
        if (known.size() >= MOST_KEPT) {
          known.clear();
        }
        known.put(derivation, key);
      }
      return new SecretKeySpec(key, ALGORITHM); // copies it
    }

    @Override
    protected KeySpec engineGetKeySpec(SecretKey key, @Nullable Class<?> specification)
        throws InvalidKeySpecException {
      return platform.getKeySpec(key, specification);
    }

    @Override
    protected SecretKey engineTranslateKey(SecretKey key) throws InvalidKeyException {
      return platform.translateKey(key);
    }
  }
}
