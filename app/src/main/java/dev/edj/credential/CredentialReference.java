package dev.edj.credential;

import dev.edj.engine.ServerName;
import dev.edj.problem.EdjException;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// A credential that a job or a target is about to name.
public record CredentialReference(long credentialId, String name, List<String> servers) {

  /// Until the transaction ends, the credential is not deleted.
  public static CredentialReference named(Handle handle, String name) {
    return handle
        .attach(CredentialStore.class)
        .findReference(name)
        .orElseThrow(
            () -> EdjException.invalid("credential", "'%s' does not exist".formatted(name)));
  }

  /// Throws an [EdjException] that names the first server the credential may not be sent to.
  public void require(List<ServerName> dialled) {
    ServerPatterns patterns = ServerPatterns.parse(servers);
    dialled.forEach(server -> patterns.require(server, name));
  }
}
