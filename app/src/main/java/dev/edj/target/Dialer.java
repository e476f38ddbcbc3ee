package dev.edj.target;

import dev.edj.credential.Login;
import dev.edj.credential.LoginSource;
import dev.edj.engine.ConnectionSettings;
import dev.edj.engine.ServerName;
import dev.edj.engine.TargetError;
import dev.edj.engine.TargetException;
import dev.edj.engine.TargetSession;
import dev.edj.problem.EdjException;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/// Opens connections to servers as their settings say, each with a login that may be sent there:
/// that is checked here, right before dialling, with the credential as it is at this moment.
public final class Dialer {

  private final Servers servers;
  private final LoginSource logins;
  private final Set<String> labels;

  public Dialer(Jdbi jdbi, LoginSource logins) {
    this(jdbi, logins, Set.of());
  }

  /// @param labels what this process can reach
  public Dialer(Jdbi jdbi, LoginSource logins, Set<String> labels) {
    this.servers = new Servers(jdbi);
    this.logins = logins;
    this.labels = labels;
  }

  /// The server as it is dialled.
  public ServerName serverName(int serverId) {
    return servers.withId(serverId).serverName();
  }

  /// @param applicationName the name under which the session shows up on the server
  public TargetSession open(
      int serverId, String database, long credentialId, String applicationName)
      throws TargetException {
    ConnectionSettings settings = settings(serverId, database, credentialId, applicationName);
    return settings.server().engine().open(settings);
  }

  List<String> listDatabases(int serverId, long credentialId, boolean includeSystem)
      throws TargetException {
    requireLabels(servers.withId(serverId));
    ConnectionSettings settings = settings(serverId, "", credentialId, "edj resolve");
    return settings.server().engine().listDatabases(settings, includeSystem);
  }

  /// Runs are launched and children claimed where the labels are; a listing may be asked of any
  /// node.
  private void requireLabels(ServerRow server) throws TargetException {
    if (!labels.containsAll(server.requiredLabels())) {
      throw new TargetException(
          new TargetError(
              TargetError.Kind.CONNECT,
              null,
              null,
              null,
              null,
              "server %s requires the labels %s, which this node does not have; ask a node that does"
                  .formatted(server.name(), String.join(", ", server.requiredLabels())),
              true,
              ""));
    }
  }

  private ConnectionSettings settings(
      int serverId, String database, long credentialId, String applicationName)
      throws TargetException {
    try {
      ServerRow server = servers.withId(serverId);
      ServerName name = server.serverName();
      Login login = logins.loginFor(credentialId, name);
      return new ConnectionSettings(
          name,
          database,
          login.userName(),
          login.password(),
          server.tls(),
          server.trustedCertificate(),
          server.connectTimeout(),
          server.connectTimeout(),
          applicationName);
    } catch (EdjException e) {
      throw new TargetException(refusal(e));
    }
  }

  /// What we refuse to do is to the child execution what the server's refusal is: its own failure,
  /// and one that does not pass by itself.
  private static TargetError refusal(EdjException e) {
    return new TargetError(
        TargetError.Kind.LOGIN, null, null, null, null, e.text(), false, e.toString());
  }
}
