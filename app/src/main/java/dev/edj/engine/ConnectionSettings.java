package dev.edj.engine;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Everything needed to open one session.
///
/// @param database the database to connect to, exactly; empty means the login's own. A name of
///   blanks is a name
/// @param rule where the login may be sent
/// @param applicationName the name under which the session shows up on the server
/// @param witness who is shown the certificate that the server shows, before it is judged
public record ConnectionSettings(
    ServerName server,
    String database,
    Identity identity,
    DialRule rule,
    Protection protection,
    Timeouts timeouts,
    String applicationName,
    Consumer<X509Certificate> witness) {

  public ConnectionSettings {
    Objects.requireNonNull(server, "server");
  }

  /// Settings of a connection at whose certificate nobody else looks.
  public ConnectionSettings(
      ServerName server,
      String database,
      Identity identity,
      DialRule rule,
      Protection protection,
      Timeouts timeouts,
      String applicationName) {
    this(server, database, identity, rule, protection, timeouts, applicationName, _ -> {});
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
        server, database, identity, rule, protection, timeouts, applicationName, witness);
  }

  public ConnectionSettings withDatabase(String database) {
    return new ConnectionSettings(
        server, database, identity, rule, protection, timeouts, applicationName, witness);
  }

  public ConnectionSettings withIdentity(Identity identity) {
    return new ConnectionSettings(
        server, database, identity, rule, protection, timeouts, applicationName, witness);
  }

  public ConnectionSettings withRule(DialRule rule) {
    return new ConnectionSettings(
        server, database, identity, rule, protection, timeouts, applicationName, witness);
  }

  public ConnectionSettings withTls(TlsMode tls, @Nullable String trustedCertificatePem) {
    return withProtection(Protection.of(tls, trustedCertificatePem));
  }

  public ConnectionSettings withProtection(Protection protection) {
    return new ConnectionSettings(
        server, database, identity, rule, protection, timeouts, applicationName, witness);
  }

  public ConnectionSettings withTimeouts(Duration connect, Duration login) {
    return new ConnectionSettings(
        server,
        database,
        identity,
        rule,
        protection,
        new Timeouts(connect, login),
        applicationName,
        witness);
  }

  public ConnectionSettings withApplicationName(String applicationName) {
    return new ConnectionSettings(
        server, database, identity, rule, protection, timeouts, applicationName, witness);
  }

  public ConnectionSettings withWitness(Consumer<X509Certificate> witness) {
    return new ConnectionSettings(
        server, database, identity, rule, protection, timeouts, applicationName, witness);
  }
}
