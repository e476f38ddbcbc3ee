package dev.edj.target;

import dev.edj.credential.Login;
import dev.edj.credential.LoginSource;
import dev.edj.credential.ShownCertificate;
import dev.edj.engine.ConnectionSettings;
import dev.edj.engine.Engine;
import dev.edj.engine.ServerName;
import dev.edj.engine.SqlServer;
import dev.edj.engine.TargetError;
import dev.edj.engine.TargetException;
import dev.edj.engine.TargetSession;
import dev.edj.engine.Timeouts;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jdbi.v3.core.Jdbi;

/// Opens connections to servers as their settings say, each with a login that may be sent there:
/// that is checked here, right before dialling, with the credential as it is at this moment.
public final class Dialer {

  private static final Duration ANSWER_LIMIT = Duration.ofMinutes(1);

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
  public ServerName serverName(int serverId) throws TargetException {
    ServerRow server = servers.withId(serverId);
    requireDialable(server);
    return server.serverName();
  }

  /// @param applicationName the name under which the session shows up on the server
  public TargetSession open(
      int serverId, String database, long credentialId, String applicationName)
      throws TargetException {
    ConnectionSettings settings = settings(serverId, database, credentialId, applicationName);
    requireName(settings);
    return settings.server().engine().open(settings);
  }

  /// For what is not a run's own database: where rows are sent to, and read from.
  public ConnectionSettings destination(int serverId, String database, long credentialId)
      throws TargetException {
    requireLabels(servers.withId(serverId));
    ConnectionSettings settings = settings(serverId, database, credentialId, "edj results");
    requireName(settings);
    return settings;
  }

  /// All databases of a server, as it names them.
  List<String> listDatabases(int serverId, long credentialId) throws TargetException {
    ConnectionSettings settings = settingsToAsk(serverId, "", credentialId);
    return settings.server().engine().listDatabases(settings, ANSWER_LIMIT);
  }

  List<String> listElasticPool(int serverId, String pool, long credentialId)
      throws TargetException {
    ConnectionSettings settings = settingsToAsk(serverId, "", credentialId);
    return switch (settings.server().engine()) {
      case SqlServer azure -> azure.listElasticPool(settings, pool, ANSWER_LIMIT);
      case Engine other ->
          throw new IllegalStateException(other.scheme() + " has no elastic pools");
    };
  }

  /// What a server shows of itself.
  ///
  /// @param clockAhead how far the clock that all are compared with is ahead of this machine's
  ServerFacts facts(int serverId, long credentialId, Duration clockAhead) throws TargetException {
    AtomicReference<X509Certificate> shown = new AtomicReference<>();
    ConnectionSettings settings = settingsToAsk(serverId, "", credentialId).withWitness(shown::set);
    Duration ahead = settings.server().engine().clockAhead(settings, ANSWER_LIMIT);
    return new ServerFacts(
        settings.server().canonical(),
        Optional.ofNullable(shown.get()).map(ShownCertificate::of).orElse(null),
        ahead.minus(clockAhead));
  }

  /// For asking a server which databases there are.
  ConnectionSettings settingsToAsk(int serverId, String database, long credentialId)
      throws TargetException {
    requireLabels(servers.withId(serverId));
    return settings(serverId, database, credentialId, "edj resolve");
  }

  /// Why the credential may not be sent to the server; empty when it may.
  Optional<String> findRefusal(long credentialId, ServerName server) {
    return logins.findRefusal(credentialId, server);
  }

  /// Runs are launched and children claimed where the labels are; a listing may be asked of any
  /// node.
  private void requireLabels(ServerRow server) throws TargetException {
    if (!labels.containsAll(server.requiredLabels())) {
      throw new TargetException(
          unreachable(
              "server %s requires the labels %s, which this node does not have; ask a node that does"
                  .formatted(server.name(), String.join(", ", server.requiredLabels())),
              true));
    }
  }

  private static void requireDialable(ServerRow server) throws TargetException {
    if (server.problem() != null) {
      throw new TargetException(
          unreachable(
              "Could not connect to %s: %s".formatted(server.name(), server.problem()), false));
    }
  }

  /// A login without the name of a database ends up in whichever is the login's own.
  private static void requireName(ConnectionSettings settings) throws TargetException {
    if (settings.database().isEmpty()) {
      throw new TargetException(
          unreachable(
              "Did not log in to %s: the database has no name".formatted(settings.server()),
              false));
    }
  }

  private static TargetError unreachable(String message, boolean mayPass) {
    return new TargetError(TargetError.Kind.CONNECT, null, null, null, null, message, mayPass, "");
  }

  private ConnectionSettings settings(
      int serverId, String database, long credentialId, String applicationName)
      throws TargetException {
    try {
      ServerRow server = servers.withId(serverId);
      requireDialable(server);
      ServerName name = server.serverName();
      Login login = logins.loginFor(credentialId, name);
      return new ConnectionSettings(
          name,
          database,
          login.identity(),
          login.rule(),
          server.settings().protection(),
          new Timeouts(server.connectTimeout(), server.connectTimeout()),
          applicationName);
    } catch (EdjException e) {
      throw new TargetException(refusal(e));
    }
  }

  /// What we refuse to do is to the child execution what the server's refusal is: its own failure,
  /// and one that does not pass by itself. A token may be had later, or by another node.
  private static TargetError refusal(EdjException e) {
    return new TargetError(
        TargetError.Kind.LOGIN,
        null,
        null,
        null,
        null,
        e.text(),
        e.code() == ErrorCode.TOKEN_UNAVAILABLE,
        e.toString());
  }
}
