package dev.edj.security;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import java.security.GeneralSecurityException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where private keys come from, as Tink keysets in JSON.
sealed interface KeySource permits PrivateKeyFile, KeyVariable, KeyCommand {

  /// What it has now; empty when it could have some, and has none yet.
  Optional<KeysetHandle> find();

  /// For the middle of a sentence.
  String description();

  /// The option of the service that names it.
  String option();

  default KeysetHandle parse(String json) {
    try {
      return TinkJsonProtoKeysetFormat.parseKeyset(
          json, Hpke.configuration(), InsecureSecretKeyAccess.get());
    } catch (GeneralSecurityException e) {
      // Not the cause: its text may show the keys.
      throw setup("does not hold a Tink keyset in JSON", null);
    }
  }

  default EdjException setup(String trouble, @Nullable Throwable cause) {
    return new EdjException(
        ErrorCode.SETUP, option(), "%s %s".formatted(description(), trouble), cause);
  }
}
