package dev.edj.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.mariadb.jdbc.Driver;

/// What MySQL and MariaDB share, which is all but their names: both speak one protocol, and one
/// driver speaks it.
sealed interface MySqlFamily extends Engine permits MySql, MariaDb {

  Set<String> SYSTEM_DATABASES = Set.of("mysql", "sys", "information_schema", "performance_schema");

  int LONGEST_NAME = 64;

  String CLOCK = "SELECT TIMESTAMPDIFF(MICROSECOND, '1970-01-01', UTC_TIMESTAMP(6)) DIV 1000";

  /// Ways to log in that do not hand the password to the other side in the clear, except
  /// `caching_sha2_password`, which does so through TLS only.
  String LOGIN_METHODS = "mysql_native_password,client_ed25519,parsec,caching_sha2_password";

  @Override
  default int defaultPort() {
    return 3306;
  }

  @Override
  default String dialect() {
    return "MYSQL";
  }

  @Override
  default Optional<String> findTransactionEnd(String batch) {
    return MySqlTransaction.findEnd(batch);
  }

  @Override
  default TargetSession open(ConnectionSettings settings) throws TargetException {
    org.mariadb.jdbc.Connection connection = connect(settings);
    return new JdbcSession(
        connection, new MySqlDialogue(connection, settings.database(), programName(settings)));
  }

  @Override
  default List<String> listDatabases(ConnectionSettings settings, Duration limit)
      throws TargetException {
    return new NameQuery(this, settings.withDatabase(""), limit).ask("SHOW DATABASES");
  }

  @Override
  default Duration clockAhead(ConnectionSettings settings, Duration limit) throws TargetException {
    return new ClockQuery(this, settings.withDatabase(""), limit).ask(CLOCK);
  }

  @Override
  default boolean isSystemDatabase(String name) {
    return SYSTEM_DATABASES.contains(name.toLowerCase(Locale.ROOT));
  }

  @Override
  default boolean hasSchemas() {
    return false;
  }

  @Override
  default Optional<String> findNameFault(String name) {
    int length = name.codePointCount(0, name.length());
    return length <= LONGEST_NAME
        ? Optional.empty()
        : Optional.of(
            "has %d characters; MySQL and MariaDB allow %d".formatted(length, LONGEST_NAME));
  }

  @Override
  default org.mariadb.jdbc.Connection connect(ConnectionSettings settings) throws TargetException {
    return (org.mariadb.jdbc.Connection)
        Connecting.connect(
            settings, dialling -> dial(settings, dialling), MySqlFamily::explainRefusal);
  }

  @Override
  default TargetError explain(SQLException failure) {
    return MySqlDialogue.explainException(failure);
  }

  private static Connection dial(ConnectionSettings settings, Dialling dialling)
      throws SQLException {
    ServerName server = settings.server();
    String host = server.host().indexOf(':') < 0 ? server.host() : "[" + server.host() + "]";
    String url = "jdbc:mariadb://" + host + ":" + server.portOrDefault() + "/";
    Connection connection = new Driver().connect(url, properties(settings, dialling));
    try {
      // Not in the URL, where the name's characters would have a meaning.
      if (!settings.database().isEmpty()) {
        connection.setCatalog(settings.database());
      }
      connection.setNetworkTimeout(Runnable::run, 0);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private static Properties properties(ConnectionSettings settings, Dialling dialling) {
    Properties properties = new Properties();
    properties.setProperty("user", settings.user());
    properties.setProperty("password", settings.password().text());
    properties.setProperty("restrictedAuth", loginMethods(settings.protection()));
    properties.setProperty("allowPublicKeyRetrieval", "false");
    // A server must neither send the login elsewhere nor ask for a file of this machine.
    properties.setProperty("permitRedirect", "false");
    properties.setProperty("allowLocalInfile", "false");
    // The caller splits scripts, so that each statement has its own counts, warnings and errors.
    properties.setProperty("allowMultiQueries", "false");
    properties.setProperty("dumpQueriesOnException", "false");
    properties.setProperty("connectionAttributes", "program_name:" + programName(settings));
    properties.setProperty(
        "connectTimeout", String.valueOf(settings.timeouts().connect().toMillis()));
    // Lifted after the login; the total is kept by Connecting.
    properties.setProperty("socketTimeout", String.valueOf(settings.totalTimeout().toMillis()));
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("socketFactory", GuardedSocketFactory.class.getName());
    properties.setProperty("sslMode", sslMode(settings.protection().tls()));
    properties.setProperty("tlsSocketType", MariaDbTls.TYPE);
    dialling.putInto(properties);
    return properties;
  }

  private static String loginMethods(Protection protection) {
    return protection.allows(PasswordMethod.CLEAR_TEXT)
        ? LOGIN_METHODS + ",mysql_clear_password"
        : LOGIN_METHODS;
  }

  /// Sent in a list of name:value pairs, so those characters cannot be part of it.
  private static String programName(ConnectionSettings settings) {
    return settings.applicationName().replaceAll("[,:]", " ");
  }

  private static String sslMode(TlsMode tls) {
    return switch (tls) {
      case VERIFY_FULL -> "verify-full";
      case VERIFY_CA -> "verify-ca";
      case REQUIRE -> "trust";
      case DISABLE -> "disable";
    };
  }

  /// What is neither the network's nor the server's word is the driver's own refusal.
  private static TargetError explainRefusal(SQLException failure, Dialling dialling) {
    TargetError error = MySqlDialogue.explainException(failure);
    if (error.number() != null) {
      return error.as(TargetError.Kind.LOGIN);
    }
    return dialling.isUnprotected()
        ? Connecting.notEncrypted(failure)
        : TargetError.of(TargetError.Kind.LOGIN, error.message(), false, failure);
  }
}
