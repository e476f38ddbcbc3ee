package dev.edj.credential;

import dev.edj.engine.ServerName;
import dev.edj.problem.EdjException;
import dev.edj.security.PrivateKeys;
import org.jdbi.v3.core.Jdbi;

/// Hands a credential's login to a worker that is about to dial a server.
public final class LoginSource {

  private final CredentialStore store;
  private final PrivateKeys keys;

  public LoginSource(Jdbi jdbi, PrivateKeys keys) {
    this.store = jdbi.onDemand(CredentialStore.class);
    this.keys = keys;
  }

  /// The login as it is now: a server taken off the credential's list is refused from that moment.
  /// When the credential may not be sent to that server, it is not even decrypted.
  public Login loginFor(long credentialId, ServerName server) {
    CredentialRow credential =
        store
            .findRow(credentialId)
            .orElseThrow(() -> EdjException.notFound("credential", "#" + credentialId));
    credential.patterns().require(server, credential.name());
    return new Login(credential.userName(), keys.decrypt(credential.password(), credential.name()));
  }
}
