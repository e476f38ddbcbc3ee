package dev.edj.credential;

import dev.edj.engine.ServerName;
import dev.edj.problem.EdjException;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// A credential that a job or a target is about to name.
public record CredentialReference(long credentialId, String name, List<String> servers) {

  private static final String FIELD = "credential";

  /// Until the transaction ends, the credential is not deleted.
  public static CredentialReference named(Handle handle, String name) {
    return named(handle, FIELD, name);
  }

  /// The same where it is named in another field than `credential`.
  public static CredentialReference named(Handle handle, String field, String name) {
    return handle
        .attach(CredentialStore.class)
        .findReference(name)
        .orElseThrow(() -> EdjException.invalid(field, "'%s' does not exist".formatted(name)));
  }

  /// Those that may be sent to all of these servers.
  public static List<CredentialReference> allowed(Handle handle, List<ServerName> dialled) {
    return handle.attach(CredentialStore.class).references().stream()
        .filter(credential ->
            dialled.stream().allMatch(ServerPatterns.parse(credential.servers())::allows))
        .toList();
  }

  /// Throws an [EdjException] that names the first server the credential may not be sent to.
  public void require(List<ServerName> dialled) {
    require(FIELD, dialled);
  }

  /// The same where it is named in another field than `credential`.
  public void require(String field, List<ServerName> dialled) {
    ServerPatterns patterns = ServerPatterns.parse(servers);
    dialled.forEach(server -> patterns.require(server, name, field));
  }
}
