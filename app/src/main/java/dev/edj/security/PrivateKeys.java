package dev.edj.security;

import dev.edj.engine.Password;
import java.nio.file.Path;
import org.jdbi.v3.core.Jdbi;

/// The private keys of a node with workers, from a file that only its user can read.
@SuppressWarnings({"DoNotCallSuggester", "ObjectToString"})
public final class PrivateKeys {

  private PrivateKeys() {}

  /// Reads the file, or makes it when neither it nor any key of the control database exists.
  /// Refuses to go on without the private half of a key in use.
  public static PrivateKeys open(Path file, Jdbi jdbi) {
    throw new UnsupportedOperationException("not yet " + file + jdbi);
  }

  public Password decrypt(EncryptedPassword password, String credentialName) {
    throw new UnsupportedOperationException("not yet " + password + credentialName);
  }
}
