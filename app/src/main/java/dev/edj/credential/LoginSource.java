package dev.edj.credential;

import dev.edj.controldb.Recent;
import dev.edj.engine.ServerName;
import dev.edj.problem.EdjException;
import dev.edj.security.PrivateKeys;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// Hands a credential's login to a worker that is about to dial a server.
public final class LoginSource {

  private final Recent<Long, Decrypted> credentials;

  public LoginSource(Jdbi jdbi, PrivateKeys keys) {
    CredentialStore store = jdbi.onDemand(CredentialStore.class);
    this.credentials = new Recent<>(id -> new Decrypted(row(store, id), keys));
  }

  /// The login as it was at most a second ago. When the credential may not be sent to that server,
  /// it is not even decrypted.
  public Login loginFor(long credentialId, ServerName server) {
    Decrypted credential = credentials.of(credentialId);
    credential.row().patterns().require(server, credential.row().name());
    return credential.login();
  }

  private static CredentialRow row(CredentialStore store, long credentialId) {
    return store
        .findRow(credentialId)
        .orElseThrow(() -> EdjException.notFound("credential", "#" + credentialId));
  }

  /// A credential whose password is decrypted when it is first needed, and then not again.
  private static final class Decrypted {

    private final CredentialRow row;
    private final Supplier<Login> login;
    private @Nullable Login known;

    Decrypted(CredentialRow row, PrivateKeys keys) {
      this.row = row;
      this.login = () -> new Login(row.userName(), keys.decrypt(row.password(), row.name()));
    }

    CredentialRow row() {
      return row;
    }

    synchronized Login login() {
      Login found = known == null ? login.get() : known;
      known = found;
      return found;
    }
  }
}
