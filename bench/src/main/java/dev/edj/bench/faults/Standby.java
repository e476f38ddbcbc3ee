package dev.edj.bench.faults;

import dev.edj.controldb.EmbeddedControlDatabase;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;

/// A copy of a server that follows it synchronously: no commit is answered before it is here, too.
///
/// @param home where it lives
/// @param running the copy, which only reads until it is promoted
record Standby(Home home, EmbeddedControlDatabase running) implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final Set<String> NOT_COPIED = Set.of("postmaster.pid", "postmaster.opts");
  private static final String LOG = "pg_wal";

  /// Copies a running server with PostgreSQL's interface for that, because the binaries that come
  /// with the build have no pg_basebackup; and has it follow.
  ///
  /// @param way to the server, under a port that stays
  static Standby of(Server primary, Home home, Proxy way)
      throws IOException, SQLException, InterruptedException {
    Path from = primary.home().files();
    Path to = home.files();
    Files.copy(
        primary.home().passwordFile(), home.passwordFile(), StandardCopyOption.REPLACE_EXISTING);
    try (Connection connection = primary.connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_backup_start('standby', true)");
      copy(from, to, false);
      try (ResultSet row = statement.executeQuery("SELECT labelfile FROM pg_backup_stop(false)")) {
        row.next();
        Files.writeString(to.resolve("backup_label"), row.getString(1));
      }
      copy(from.resolve(LOG), to.resolve(LOG), true);
      Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rwx------"));
      Files.writeString(to.resolve("standby.signal"), "");
      Files.writeString(to.resolve("postgresql.auto.conf"), settings(primary, way));
    }
    Standby standby = new Standby(home, EmbeddedControlDatabase.start(home.directory()));
    try {
      follow(primary);
      return standby;
    } catch (SQLException | InterruptedException e) {
      standby.close();
      throw e;
    }
  }

  private static void follow(Server primary) throws SQLException, InterruptedException {
    try (Connection connection = primary.connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER SYSTEM SET synchronous_standby_names = '*'");
      statement.execute("SELECT pg_reload_conf()");
    }
    awaitIn(primary);
  }

  /// Waits until this has everything that is committed, and everything else waits for it.
  static void awaitIn(Server primary) throws SQLException, InterruptedException {
    String sql =
        """
        SELECT count(*) > 0
        FROM pg_stat_replication
        WHERE state = 'streaming' AND sync_state = 'sync' AND flush_lsn >= CAST(? AS pg_lsn)
        """;
    try (Connection connection = primary.connect("postgres");
        var statement = connection.prepareStatement(sql)) {
      awaitTrue(connection, "SELECT sync_state = 'sync' FROM pg_stat_replication");
      statement.setString(1, one(connection, "SELECT pg_current_wal_flush_lsn()"));
      awaitTrue(statement::executeQuery);
    }
  }

  /// Is the server from now on.
  void promote(Server server) throws SQLException {
    try (Connection connection = server.connect("postgres")) {
      if (!one(connection, "SELECT pg_promote(true, 60)").equals("t")) {
        throw new SQLException("the standby is not promoted");
      }
    }
  }

  @Override
  public void close() {
    running.close();
  }

  private static String settings(Server primary, Proxy way) {
    return """
    primary_conninfo = 'host=127.0.0.1 port=%d user=%s password=%s application_name=standby'
    wal_retrieve_retry_interval = 200ms
    """
        .formatted(way.port(), primary.user(), primary.password());
  }

  private static void awaitTrue(Connection connection, String sql)
      throws SQLException, InterruptedException {
    try (Statement statement = connection.createStatement()) {
      awaitTrue(() -> statement.executeQuery(sql));
    }
  }

  private static void awaitTrue(Question question) throws SQLException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try (ResultSet row = question.ask()) {
        if (row.next() && row.getBoolean(1)) {
          return;
        }
      }
      if (System.nanoTime() > deadline) {
        throw new SQLException("the standby does not follow");
      }
      Thread.sleep(PAUSE);
    }
  }

  private static String one(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  /// What comes and goes meanwhile is made good by the log, which is copied last.
  private static void copy(Path from, Path to, boolean withLog) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectories(to.resolve(from.relativize(directory)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Path name = from.relativize(file);
            boolean ofLog = name.startsWith(LOG) && !withLog;
            if (!ofLog && !NOT_COPIED.contains(name.toString())) {
              copyUnlessGone(file, to.resolve(name));
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            if (failure instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw failure;
          }
        });
  }

  private static void copyUnlessGone(Path file, Path copy) throws IOException {
    try {
      Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
    } catch (NoSuchFileException e) {
      // Dropped meanwhile.
    }
  }

  private interface Question {
    ResultSet ask() throws SQLException;
  }
}
