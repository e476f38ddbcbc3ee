package dev.edj.security;

import org.jdbi.v3.core.Jdbi;

/// The public keys that the control database knows.
@SuppressWarnings({"DoNotCallSuggester", "ObjectToString"})
public final class EncryptionKeys {

  private final Jdbi jdbi;

  public EncryptionKeys(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /// The key that new passwords are encrypted with.
  public PublicKey current() {
    throw new UnsupportedOperationException("not yet " + jdbi);
  }
}
