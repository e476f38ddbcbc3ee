package dev.edj.security;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import dev.edj.problem.EdjException;
import java.security.GeneralSecurityException;

/// Private keys for a node that has them from elsewhere than a file of its own, as a Tink keyset in
/// JSON.
public final class GeneratedKey {

  private GeneratedKey() {}

  /// One key.
  public static String alone() {
    try {
      return Hpke.json(Hpke.newKey());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// One more beside those that are there.
  public static String beside(String json) {
    KeysetHandle present;
    try {
      present =
          TinkJsonProtoKeysetFormat.parseKeyset(
              json, Hpke.configuration(), InsecureSecretKeyAccess.get());
    } catch (GeneralSecurityException e) {
      // Not the cause: its text may show the keys.
      throw EdjException.invalid("beside", "is no Tink keyset in JSON");
    }
    try {
      return Hpke.json(Hpke.withNewKey(present));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
