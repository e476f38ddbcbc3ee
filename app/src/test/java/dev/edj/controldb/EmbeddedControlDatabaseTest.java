package dev.edj.controldb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedControlDatabaseTest {

  /// Shared, because unpacking the programs takes seconds.
  @TempDir static Path directory;

  @Test
  void whatWasWrittenIsThereAfterARestartAndTheRestartIsFast() throws SQLException {
    try (EmbeddedControlDatabase database = EmbeddedControlDatabase.start(directory)) {
      query(database.address(), "CREATE TABLE IF NOT EXISTS t AS SELECT 'kept' AS word; SELECT 1");
    }
    Duration fastest = Duration.ofMinutes(1);
    // Another test may hold up one of them.
    for (int time = 0; time < 3; time++) {
      long start = System.nanoTime();
      try (EmbeddedControlDatabase database = EmbeddedControlDatabase.start(directory)) {
        fastest = Collections.min(List.of(fastest, Duration.ofNanos(System.nanoTime() - start)));
        assertThat(query(database.address(), "SELECT word FROM t")).isEqualTo("kept");
      }
    }
    assertThat(fastest).isLessThan(Duration.ofMillis(1500));
  }

  @Test
  void aLoginWithoutThePasswordIsRefused() {
    try (EmbeddedControlDatabase database = EmbeddedControlDatabase.start(directory)) {
      ControlDatabaseAddress address = database.address();

      assertThatThrownBy(
              () -> query(new ControlDatabaseAddress(address.url(), "edj", "wrong"), "SELECT 1"))
          .hasMessageContaining("password authentication failed");
      assertThatThrownBy(
              () -> query(new ControlDatabaseAddress(address.url(), "edj", null), "SELECT 1"))
          .hasMessageContaining("no password was provided");
      assertThatThrownBy(
              () -> query(new ControlDatabaseAddress(address.url(), "postgres", null), "SELECT 1"))
          .isInstanceOf(SQLException.class);
    }
  }

  @Test
  void itIsMadeToLastAndListensOnThisMachineOnly() throws Exception {
    try (EmbeddedControlDatabase database = EmbeddedControlDatabase.start(directory)) {
      ControlDatabaseAddress address = database.address();

      assertThat(query(address, "SHOW fsync")).isEqualTo("on");
      assertThat(query(address, "SHOW full_page_writes")).isEqualTo("on");
      assertThat(query(address, "SHOW synchronous_commit")).isEqualTo("on");
      assertThat(query(address, "SHOW data_checksums")).isEqualTo("on");
      assertThat(query(address, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(query(address, "SHOW unix_socket_directories")).isEmpty();
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(directory.resolve("password"))))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void aDirectoryIsForOneServiceAtATime() {
    try (EmbeddedControlDatabase first = EmbeddedControlDatabase.start(directory)) {
      assertThat(first.address().user()).isEqualTo("edj");
      assertThatThrownBy(() -> EmbeddedControlDatabase.start(directory))
          .isInstanceOfSatisfying(
              EdjException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SETUP))
          .hasMessageContaining("data directory " + directory + " is in use by another edj serve");
    }
  }

  @Test
  void theServerOfAKilledServiceIsStopped() throws SQLException {
    EmbeddedControlDatabase killed = EmbeddedControlDatabase.start(directory);
    query(killed.address(), "CREATE TABLE IF NOT EXISTS t AS SELECT 'kept' AS word; SELECT 1");
    killed.forgetAsIfKilled();

    try (EmbeddedControlDatabase database = EmbeddedControlDatabase.start(directory)) {
      assertThat(query(database.address(), "SELECT word FROM t")).isEqualTo("kept");
      assertThatThrownBy(() -> query(killed.address(), "SELECT 1"))
          .isInstanceOf(SQLException.class);
    }
  }

  @Test
  void aKilledServerIsRecovered() throws Exception {
    EmbeddedControlDatabase killed = EmbeddedControlDatabase.start(directory);
    query(killed.address(), "CREATE TABLE IF NOT EXISTS t AS SELECT 'kept' AS word; SELECT 1");
    if (Postmaster.findIn(directory.resolve("postgresql")) instanceof Postmaster.Running running) {
      ProcessHandle process = ProcessHandle.of(running.processId()).orElseThrow();
      process.destroyForcibly();
      process.onExit().get();
    }
    killed.forgetAsIfKilled();

    try (EmbeddedControlDatabase database = EmbeddedControlDatabase.start(directory)) {
      assertThat(query(database.address(), "SELECT word FROM t")).isEqualTo("kept");
    }
  }

  @Test
  void aNumberThatNowBelongsToAnotherProgramDoesNoHarm() throws Exception {
    EmbeddedControlDatabase.start(directory).close();
    Path pidFile = directory.resolve("postgresql").resolve(Postmaster.FILE);
    Files.writeString(
        pidFile,
        "%d\n%s\n%d\n".formatted(ProcessHandle.current().pid(), directory, 1_600_000_000L));

    try (EmbeddedControlDatabase database = EmbeddedControlDatabase.start(directory)) {
      assertThat(query(database.address(), "SELECT 'works'")).isEqualTo("works");
    }
  }

  @Test
  void aDirectoryThatCannotBeMadeIsAClearError() throws Exception {
    Path file = Files.createFile(directory.resolve("file"));

    assertThatThrownBy(() -> EmbeddedControlDatabase.start(file.resolve("data")))
        .isInstanceOfSatisfying(
            EdjException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SETUP))
        .hasMessageContaining("cannot be used")
        .hasMessageContaining("choose another one");
  }

  @Test
  void aServerThatCannotStartShowsTheEndOfItsLog() throws Exception {
    EmbeddedControlDatabase.start(directory).close();
    Path version = directory.resolve("postgresql").resolve("PG_VERSION");
    String right = Files.readString(version);
    Files.writeString(version, "9.6\n");
    try {
      assertThatThrownBy(() -> EmbeddedControlDatabase.start(directory))
          .isInstanceOfSatisfying(
              EdjException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SETUP))
          .hasMessageContaining("incompatible");
    } finally {
      Files.writeString(version, right);
    }
  }

  @Test
  void lettersOfAllScriptsHaveTheirOrderAndTheirCase() throws SQLException {
    try (EmbeddedControlDatabase database = EmbeddedControlDatabase.start(directory)) {
      assertThat(query(database.address(), "SELECT upper('grün')")).isEqualTo("GRÜN");
    }
  }

  private static String query(ControlDatabaseAddress address, String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(address.url(), address.properties("test"));
        Statement statement = connection.createStatement()) {
      boolean rows = statement.execute(sql);
      while (!rows) {
        rows = statement.getMoreResults();
      }
      ResultSet result = statement.getResultSet();
      result.next();
      return result.getString(1);
    }
  }
}
