package dev.edj.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.security.Security;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("it changes the security providers of the whole virtual machine, and compares times")
class ScramKeysTest {

  private static final String ALGORITHM = "PBKDF2WithHmacSHA256";
  private static final byte[] SALT = {1, 2, 3, 4, 5, 6, 7, 8};

  private boolean here;

  @BeforeEach
  void remember() {
    here = Security.getProvider("EDJ") != null;
    ScramKeys.remember();
    ScramKeys.remember();
  }

  @AfterEach
  void leaveAsItWas() {
    if (!here) {
      Security.removeProvider("EDJ");
    }
  }

  @Test
  void everyKeyIsThePlatformsOwnAndStaysSo() throws GeneralSecurityException {
    byte[] otherSalt = {8, 7, 6, 5, 4, 3, 2, 1};
    List<PBEKeySpec> specs =
        List.of(
            new PBEKeySpec("secret".toCharArray(), SALT, 4096, 256),
            new PBEKeySpec("Secret".toCharArray(), SALT, 4096, 256),
            new PBEKeySpec("secret".toCharArray(), otherSalt, 4096, 256),
            new PBEKeySpec("secret".toCharArray(), SALT, 4097, 256),
            new PBEKeySpec("secret".toCharArray(), SALT, 4096, 512),
            new PBEKeySpec("pässwörd €".toCharArray(), SALT, 4096, 256));
    SecretKeyFactory platform = SecretKeyFactory.getInstance(ALGORITHM, "SunJCE");
    for (int time = 1; time <= 2; time++) {
      for (PBEKeySpec spec : specs) {
        byte[] key = SecretKeyFactory.getInstance(ALGORITHM).generateSecret(spec).getEncoded();
        assertThat(key).isEqualTo(platform.generateSecret(spec).getEncoded());
        Arrays.fill(key, (byte) 0); // a caller's copy
      }
    }
  }

  @Test
  void theSecondTimeIsQuick() throws GeneralSecurityException {
    assertThat(SecretKeyFactory.getInstance(ALGORITHM).getProvider().getName()).isEqualTo("EDJ");
    PBEKeySpec slow = new PBEKeySpec("slow".toCharArray(), SALT, 300_000, 256);
    Duration first = timeOf(slow);
    Duration second = timeOf(slow);
    assertThat(second).isLessThan(first.dividedBy(5));
  }

  private static Duration timeOf(PBEKeySpec spec) throws GeneralSecurityException {
    long start = System.nanoTime();
    SecretKeyFactory.getInstance(ALGORITHM).generateSecret(spec);
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
