package dev.edj.engine;

import com.microsoft.sqlserver.jdbc.ISQLServerConnection;
import com.microsoft.sqlserver.jdbc.SQLServerDriver;
import com.microsoft.sqlserver.jdbc.SQLServerResource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.ResourceBundle;
import java.util.Set;

/// Microsoft SQL Server and Azure SQL Database.
public record SqlServer() implements Engine {

  private static final String MASTER = "master";
  private static final int LONGEST_NAME = 128;
  private static final Set<String> SYSTEM_DATABASES = Set.of(MASTER, "tempdb", "model", "msdb");

  /// What the driver says when the server does not encrypt, in whichever language it says it: its
  /// exception has nothing else to tell by.
  private static final String NOT_ENCRYPTED =
      ResourceBundle.getBundle(SQLServerResource.class.getName())
          .getString("R_sslRequiredNoServerSupport");

  @Override
  public String scheme() {
    return "sqlserver";
  }

  @Override
  public int defaultPort() {
    return 1433;
  }

  @Override
  public String dialect() {
    return "SQL_SERVER";
  }

  /// Its `COMMIT` may only count, and its `ROLLBACK` stand where it is never reached.
  @Override
  public Optional<String> findTransactionEnd(String batch) {
    return Optional.empty();
  }

  @Override
  public TargetSession open(ConnectionSettings settings) throws TargetException {
    ISQLServerConnection connection = (ISQLServerConnection) connect(settings);
    return new JdbcSession(
        connection, new SqlServerDialogue(connection, settings.applicationName()));
  }

  private static final String LIST_DATABASES =
      """
      SELECT name
      FROM sys.databases
      WHERE state = 0
      ORDER BY name
      """;

  @Override
  public List<String> listDatabases(ConnectionSettings settings, Duration limit)
      throws TargetException {
    return new NameQuery(this, settings.withDatabase(MASTER), limit).ask(LIST_DATABASES);
  }

  private static final String CLOCK =
      """
      SELECT CAST(DATEDIFF(second, '2020-01-01', SYSUTCDATETIME()) AS bigint) * 1000
        + DATEPART(millisecond, SYSUTCDATETIME()) + 1577836800000
      """;

  @Override
  public Duration clockAhead(ConnectionSettings settings, Duration limit) throws TargetException {
    return new ClockQuery(this, settings.withDatabase(MASTER), limit).ask(CLOCK);
  }

  @Override
  public boolean isSystemDatabase(String name) {
    return SYSTEM_DATABASES.contains(name.toLowerCase(Locale.ROOT));
  }

  /// The view is in Azure SQL only, and tells of all databases in `master` only.
  private static final String LIST_ELASTIC_POOL =
      """
      SELECT d.name
      FROM sys.databases d
      JOIN sys.database_service_objectives o ON o.database_id = d.database_id
      WHERE o.elastic_pool_name = ? AND d.state = 0
      ORDER BY d.name
      """;

  private static final int NO_SUCH_OBJECT = 208;

  /// The databases in an elastic pool of an Azure SQL server, in the server's order of names; none
  /// when there is no such pool. No other engine has pools.
  ///
  /// @param limit for the answer, from the login on
  public List<String> listElasticPool(ConnectionSettings settings, String pool, Duration limit)
      throws TargetException {
    try {
      return new NameQuery(this, settings.withDatabase(MASTER), limit).ask(LIST_ELASTIC_POOL, pool);
    } catch (TargetException e) {
      TargetError error = e.error();
      throw error.number() != null && error.number() == NO_SUCH_OBJECT
          ? new TargetException(
              error.withMessage(
                  "%s is no Azure SQL server, so it has no elastic pools: %s"
                      .formatted(settings.server(), error.message())))
          : e;
    }
  }

  @Override
  public boolean hasSchemas() {
    return true;
  }

  @Override
  public Optional<String> findNameFault(String name) {
    return name.length() <= LONGEST_NAME
        ? Optional.empty()
        : Optional.of(
            "has %d characters in UTF-16; SQL Server allows %d"
                .formatted(name.length(), LONGEST_NAME));
  }

  @Override
  public Connection connect(ConnectionSettings settings) throws TargetException {
    refuseBlank(settings);
    refuseCertificateAlone(settings);
    // It asks for no certificate, so that the server need not prove itself for one.
    ConnectionSettings asked = settings.withIdentity(settings.identity().withoutCertificate());
    return Connecting.connect(asked, _ -> dial(asked), SqlServer::explainRefusal);
  }

  @Override
  public TargetError explain(SQLException failure) {
    return SqlServerDialogue.explainException(failure);
  }

  /// In its comparisons a name of blanks is an empty one, and an empty one in a login is the
  /// login's own database.
  private static void refuseBlank(ConnectionSettings settings) throws TargetException {
    if (settings.database().isBlank() && !settings.database().isEmpty()) {
      throw new TargetException(
          TargetError.of(
              TargetError.Kind.LOGIN,
              "Did not log in to %s: a database whose name is blank cannot be told from the login's own."
                  .formatted(settings.server()),
              false,
              null));
    }
  }

  private static void refuseCertificateAlone(ConnectionSettings settings) throws TargetException {
    if (settings.password().isNone()) {
      throw new TargetException(
          TargetError.of(
              TargetError.Kind.LOGIN,
              "Did not log in to %s: SQL Server takes no client certificates, and the login has no password."
                  .formatted(settings.server()),
              false,
              null));
    }
  }

  private static Connection dial(ConnectionSettings settings) throws SQLException {
    return new SQLServerDriver().connect("jdbc:sqlserver://", properties(settings));
  }

  private static Properties properties(ConnectionSettings settings) {
    ServerName server = settings.server();
    Properties properties = new Properties();
    properties.setProperty("serverName", server.host());
    if (server.instance() == null) {
      properties.setProperty("portNumber", String.valueOf(server.portOrDefault()));
    } else {
      properties.setProperty("instanceName", server.instance());
    }
    if (!settings.database().isEmpty()) {
      properties.setProperty("databaseName", settings.database());
    }
    if (settings.identity().hasToken()) {
      properties.setProperty("accessToken", settings.password().text());
    } else {
      properties.setProperty("user", settings.user());
      properties.setProperty("password", settings.password().text());
    }
    properties.setProperty("applicationName", settings.applicationName());
    properties.setProperty("socketFactoryClass", GuardedSocketFactory.class.getName());
    // Whole seconds; the total is kept by Connecting.
    properties.setProperty("loginTimeout", seconds(settings.totalTimeout()));
    // A broken session is an error: what it held (temporary tables, the lock) is gone with it.
    properties.setProperty("connectRetryCount", "0");
    boolean encrypt = settings.protection().tls() != TlsMode.DISABLE;
    properties.setProperty("encrypt", String.valueOf(encrypt));
    properties.setProperty("trustManagerClass", ServerTrust.class.getName());
    return properties;
  }

  private static String seconds(Duration duration) {
    return String.valueOf(Math.clamp(duration.plusMillis(999).toSeconds(), 1, 65_535));
  }

  private static TargetError explainRefusal(SQLException failure, Dialling dialling) {
    if (String.valueOf(failure.getMessage()).contains(NOT_ENCRYPTED)) {
      return Connecting.notEncrypted(failure);
    }
    TargetError error = SqlServerDialogue.explainException(failure);
    return error.number() == null
        ? error.as(TargetError.Kind.CONNECT)
        : error.as(TargetError.Kind.LOGIN);
  }
}
