package dev.edj.credential;

import dev.edj.engine.ServerName;
import dev.edj.security.PrivateKeys;
import org.jdbi.v3.core.Jdbi;

/// Hands a credential's login to a worker that is about to dial a server.
@SuppressWarnings({"DoNotCallSuggester", "ObjectToString"})
public final class LoginSource {

  private final Jdbi jdbi;
  private final PrivateKeys keys;

  public LoginSource(Jdbi jdbi, PrivateKeys keys) {
    this.jdbi = jdbi;
    this.keys = keys;
  }

  /// The login as it is now, when the credential may be sent to that server.
  public Login loginFor(long credentialId, ServerName server) {
    throw new UnsupportedOperationException("not yet " + jdbi + keys + credentialId + server);
  }
}
