package dev.edj.engine;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Everything needed to open one session.
///
/// @param database the database to connect to, exactly; empty means the login's own. A name of
///   blanks is a name
/// @param rule where the login may be sent
/// @param applicationName the name under which the session shows up on the server
public record ConnectionSettings(
    ServerName server,
    String database,
    Identity identity,
    DialRule rule,
    Protection protection,
    Timeouts timeouts,
    String applicationName) {

  public ConnectionSettings {
    Objects.requireNonNull(server, "server");
  }

  /// The usual settings of a login that is given for one connection: certificates and host names
  /// checked, 15 seconds to connect, 15 to log in.
  public static ConnectionSettings of(
      ServerName server, String database, String user, Password password) {
    return new ConnectionSettings(
        server,
        database,
        Identity.of(user, password),
        DialRule.ANYWHERE,
        Protection.FULL,
        Timeouts.USUAL,
        "edj");
  }

  public String user() {
    return identity.user();
  }

  public Password password() {
    return identity.password();
  }

  /// After this long without a session, the attempt to open one is given up.
  public Duration totalTimeout() {
    return timeouts.total();
  }

  public ConnectionSettings withServer(ServerName server) {
    return new ConnectionSettings(
        server, database, identity, rule, protection, timeouts, applicationName);
  }

  public ConnectionSettings withDatabase(String database) {
    return new ConnectionSettings(
        server, database, identity, rule, protection, timeouts, applicationName);
  }

  public ConnectionSettings withIdentity(Identity identity) {
    return new ConnectionSettings(
        server, database, identity, rule, protection, timeouts, applicationName);
  }

  public ConnectionSettings withRule(DialRule rule) {
    return new ConnectionSettings(
        server, database, identity, rule, protection, timeouts, applicationName);
  }

  public ConnectionSettings withTls(TlsMode tls, @Nullable String trustedCertificatePem) {
    return withProtection(Protection.of(tls, trustedCertificatePem));
  }

  public ConnectionSettings withProtection(Protection protection) {
    return new ConnectionSettings(
        server, database, identity, rule, protection, timeouts, applicationName);
  }

  public ConnectionSettings withTimeouts(Duration connect, Duration login) {
    return new ConnectionSettings(
        server,
        database,
        identity,
        rule,
        protection,
        new Timeouts(connect, login),
        applicationName);
  }

  public ConnectionSettings withApplicationName(String applicationName) {
    return new ConnectionSettings(
        server, database, identity, rule, protection, timeouts, applicationName);
  }
}
