package dev.edj.credential;

import dev.edj.security.EncryptionKeys;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/// Creates, changes, lists and deletes credentials.
@SuppressWarnings({"DoNotCallSuggester", "ObjectToString"})
public final class Credentials {

  private final Jdbi jdbi;
  private final EncryptionKeys keys;

  public Credentials(Jdbi jdbi, EncryptionKeys keys) {
    this.jdbi = jdbi;
    this.keys = keys;
  }

  public Credential create(NewCredential credential) {
    throw new UnsupportedOperationException("not yet " + jdbi + keys + credential);
  }

  public Credential update(String name, CredentialChange change) {
    throw new UnsupportedOperationException("not yet " + name + change);
  }

  public Credential named(String name) {
    throw new UnsupportedOperationException("not yet " + name);
  }

  public List<Credential> list() {
    throw new UnsupportedOperationException("not yet");
  }

  public void delete(String name) {
    throw new UnsupportedOperationException("not yet " + name);
  }
}
