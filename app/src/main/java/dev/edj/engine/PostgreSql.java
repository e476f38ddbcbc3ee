package dev.edj.engine;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.postgresql.core.BaseConnection;

/// PostgreSQL and the services that speak its protocol.
public record PostgreSql() implements Engine {

  /// The database that every server has, and that belongs to nobody.
  private static final String MAINTENANCE_DATABASE = "postgres";

  private static final int LONGEST_NAME_BYTES = 63;

  @Override
  public String scheme() {
    return "postgresql";
  }

  @Override
  public int defaultPort() {
    return 5432;
  }

  @Override
  public String dialect() {
    return "POSTGRESQL";
  }

  /// Strings are taken as the standard has them, which a server can be set not to do.
  @Override
  public Optional<String> findTransactionEnd(String batch) {
    try {
      return PostgreSqlTransaction.findEnd(batch, true);
    } catch (SQLException e) {
      return Optional.empty(); // the driver cannot read it; the server will say why
    }
  }

  @Override
  public TargetSession open(ConnectionSettings settings) throws TargetException {
    BaseConnection connection = (BaseConnection) connect(settings);
    return new JdbcSession(
        connection, new PostgreSqlDialogue(connection, settings.applicationName()));
  }

  private static final String LIST_DATABASES =
      """
      SELECT datname
      FROM pg_catalog.pg_database
      WHERE datallowconn AND NOT datistemplate
      ORDER BY datname
      """;

  @Override
  public List<String> listDatabases(ConnectionSettings settings, Duration limit)
      throws TargetException {
    return new NameQuery(this, settings.withDatabase(MAINTENANCE_DATABASE), limit)
        .ask(LIST_DATABASES);
  }

  private static final String CLOCK =
      """
      SELECT CAST(extract(epoch FROM pg_catalog.clock_timestamp()) * 1000 AS bigint)
      """;

  @Override
  public Duration clockAhead(ConnectionSettings settings, Duration limit) throws TargetException {
    return new ClockQuery(this, settings.withDatabase(MAINTENANCE_DATABASE), limit).ask(CLOCK);
  }

  @Override
  public boolean isSystemDatabase(String name) {
    return name.equals(MAINTENANCE_DATABASE);
  }

  @Override
  public boolean hasSchemas() {
    return true;
  }

  @Override
  public Optional<String> findNameFault(String name) {
    int length = name.getBytes(StandardCharsets.UTF_8).length;
    return length <= LONGEST_NAME_BYTES
        ? Optional.empty()
        : Optional.of(
            "has %d bytes in UTF-8; PostgreSQL allows %d".formatted(length, LONGEST_NAME_BYTES));
  }

  @Override
  public Connection connect(ConnectionSettings settings) throws TargetException {
    refuseLongName(settings);
    return Connecting.connect(
        settings, dialling -> dial(settings, dialling), PostgreSql::explainRefusal);
  }

  @Override
  public TargetError explain(SQLException failure) {
    return PostgreSqlDialogue.explainOutsideBatch(failure);
  }

  /// The server cuts a longer name without a word, and the login ends up in the database of that
  /// name.
  private void refuseLongName(ConnectionSettings settings) throws TargetException {
    if (findNameFault(settings.database()).isPresent()) {
      throw new TargetException(
          TargetError.of(
              TargetError.Kind.LOGIN,
              "Did not log in to %s: PostgreSQL has no database with a name as long as '%s' (%d bytes at most)."
                  .formatted(settings.server(), settings.database(), LONGEST_NAME_BYTES),
              false,
              null));
    }
  }

  private static Connection dial(ConnectionSettings settings, Dialling dialling)
      throws SQLException {
    String url = url(settings);
    Connection connection = DriverManager.getDriver(url).connect(url, properties(settings));
    try {
      requireProof(settings, dialling);
      connection.setNetworkTimeout(Runnable::run, 0);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /// A server that lets in whoever comes is not the one that the certificate was made for.
  private static void requireProof(ConnectionSettings settings, Dialling dialling)
      throws SQLException {
    if (settings.password().isNone() && dialling.shown().isEmpty()) {
      throw new SQLException("the server asked for no client certificate", "08004");
    }
  }

  private static String url(ConnectionSettings settings) {
    ServerName server = settings.server();
    String host = server.host().indexOf(':') < 0 ? server.host() : "[" + server.host() + "]";
    return "jdbc:postgresql://"
        + host
        + ":"
        + server.portOrDefault()
        + "/"
        + URLEncoder.encode(
            settings.database().isEmpty() ? settings.user() : settings.database(),
            StandardCharsets.UTF_8);
  }

  private static Properties properties(ConnectionSettings settings) {
    Properties properties = new Properties();
    properties.setProperty("user", settings.user());
    if (!settings.password().isNone()) {
      properties.setProperty("password", settings.password().text());
    }
    properties.setProperty("ApplicationName", settings.applicationName());
    // Nothing that gives the password, or what a dictionary can be tried on, to a wrong server.
    properties.setProperty("requireAuth", loginMethods(settings));
    properties.setProperty("gssEncMode", "disable");
    // Scripts go as one Query message, while rows can still be fetched in portions.
    properties.setProperty("preferQueryMode", "extendedForPrepared");
    // Both are whole seconds; the total is kept by Connecting. The second is lifted after login.
    properties.setProperty("connectTimeout", seconds(settings.timeouts().connect()));
    properties.setProperty("socketTimeout", seconds(settings.totalTimeout()));
    properties.setProperty("cancelSignalTimeout", "2");
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("socketFactory", GuardedSocketFactory.class.getName());
    properties.setProperty("sslmode", sslMode(settings.protection().tls()));
    properties.setProperty("sslfactory", TlsSocketFactory.class.getName());
    return properties;
  }

  /// With a certificate alone, the server must ask for nothing else; with a password, too, it must
  /// ask for that.
  private static String loginMethods(ConnectionSettings settings) {
    if (settings.password().isNone()) {
      return "none";
    }
    Protection protection = settings.protection();
    StringBuilder methods = new StringBuilder("scram-sha-256");
    if (protection.allows(PasswordMethod.MD5)) {
      methods.append(",md5");
    }
    if (protection.allows(PasswordMethod.CLEAR_TEXT)) {
      methods.append(",password");
    }
    return methods.toString();
  }

  private static String sslMode(TlsMode tls) {
    return switch (tls) {
      case VERIFY_FULL -> "verify-full";
      case VERIFY_CA -> "verify-ca";
      case REQUIRE -> "require";
      case DISABLE -> "disable";
    };
  }

  private static String seconds(Duration duration) {
    return String.valueOf(Math.max(1, duration.plusMillis(999).toSeconds()));
  }

  /// What is neither the network's nor the server's word is the driver's own refusal: a host name
  /// that the certificate does not have, a way to log in that is not allowed.
  private static TargetError explainRefusal(SQLException failure, Dialling dialling) {
    TargetError error = PostgreSqlDialogue.explainOutsideBatch(failure);
    String state = String.valueOf(error.sqlState());
    if (state.equals("08004") && dialling.isUnprotected()) {
      return Connecting.notEncrypted(failure);
    }
    if (state.startsWith("08") && !state.equals("08004")) {
      return TargetError.of(TargetError.Kind.CONNECT, error.message(), false, failure);
    }
    return error.as(TargetError.Kind.LOGIN);
  }
}
