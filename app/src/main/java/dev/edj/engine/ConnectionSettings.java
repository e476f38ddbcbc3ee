package dev.edj.engine;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Everything needed to open one session.
///
/// @param database the database to connect to, exactly; empty means the login's own. A name of
///   blanks is a name
/// @param rule where the login may be sent
/// @param connectTimeout the longest wait for the server to accept the connection
/// @param loginTimeout the longest wait from there until the login is answered
/// @param applicationName the name under which the session shows up on the server
public record ConnectionSettings(
    ServerName server,
    String database,
    String user,
    Password password,
    DialRule rule,
    Protection protection,
    Duration connectTimeout,
    Duration loginTimeout,
    String applicationName) {

  public ConnectionSettings {
    Objects.requireNonNull(server, "server");
    requirePositive(connectTimeout, "connectTimeout");
    requirePositive(loginTimeout, "loginTimeout");
  }

  /// The usual settings of a login that is given for one connection: certificates and host names
  /// checked, 15 seconds to connect, 15 to log in.
  public static ConnectionSettings of(
      ServerName server, String database, String user, Password password) {
    return new ConnectionSettings(
        server,
        database,
        user,
        password,
        DialRule.ANYWHERE,
        Protection.FULL,
        Duration.ofSeconds(15),
        Duration.ofSeconds(15),
        "edj");
  }

  /// After this long without a session, the attempt to open one is given up.
  public Duration totalTimeout() {
    return connectTimeout.plus(loginTimeout);
  }

  public ConnectionSettings withDatabase(String database) {
    return new ConnectionSettings(
        server,
        database,
        user,
        password,
        rule,
        protection,
        connectTimeout,
        loginTimeout,
        applicationName);
  }

  public ConnectionSettings withRule(DialRule rule) {
    return new ConnectionSettings(
        server,
        database,
        user,
        password,
        rule,
        protection,
        connectTimeout,
        loginTimeout,
        applicationName);
  }

  public ConnectionSettings withTls(TlsMode tls, @Nullable String trustedCertificatePem) {
    return withProtection(Protection.of(tls, trustedCertificatePem));
  }

  public ConnectionSettings withProtection(Protection protection) {
    return new ConnectionSettings(
        server,
        database,
        user,
        password,
        rule,
        protection,
        connectTimeout,
        loginTimeout,
        applicationName);
  }

  public ConnectionSettings withTimeouts(Duration connectTimeout, Duration loginTimeout) {
    return new ConnectionSettings(
        server,
        database,
        user,
        password,
        rule,
        protection,
        connectTimeout,
        loginTimeout,
        applicationName);
  }

  public ConnectionSettings withApplicationName(String applicationName) {
    return new ConnectionSettings(
        server,
        database,
        user,
        password,
        rule,
        protection,
        connectTimeout,
        loginTimeout,
        applicationName);
  }

  private static void requirePositive(Duration duration, String name) {
    if (!duration.isPositive()) {
      throw new IllegalArgumentException(name + " must be more than zero, was " + duration);
    }
  }
}
