package dev.edj.engine;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/// Asks a server something about itself, once.
///
/// @param limit for the answer, from the login on
/// @param task what the server is to do, for the sentence that it did not
record ServerQuestion(Engine engine, ConnectionSettings settings, Duration limit, String task) {

  /// For the driver's own time-out to come first, which leaves the server nothing to do: its unit
  /// is the second, rounded up.
  private static final Duration GRACE = Duration.ofSeconds(2);

  /// What becomes of the rows.
  interface Reading<T> {
    T read(ResultSet rows) throws SQLException;
  }

  /// @param mostRows that the server is to send
  <T> T ask(int mostRows, Reading<T> reading, String sql, String... parameters)
      throws TargetException {
    Connection connection = engine.connect(settings);
    long begin = System.nanoTime();
    try {
      return HardLimit.perform(
          connection,
          limit.plus(GRACE),
          () -> answer(connection, mostRows, reading, sql, parameters));
    } catch (TimeoutException e) {
      throw new TargetException(silence(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TargetException(TargetError.of(TargetError.Kind.CANCELED, "canceled", false, e));
    } catch (ExecutionException e) {
      boolean late = System.nanoTime() - begin >= limit.toNanos();
      throw new TargetException(late ? silence(e) : explain(e));
    }
  }

  private <T> T answer(
      Connection connection, int mostRows, Reading<T> reading, String sql, String... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setQueryTimeout(Math.toIntExact(Math.max(1, limit.plusMillis(999).toSeconds())));
      statement.setMaxRows(mostRows);
      for (int index = 0; index < parameters.length; index++) {
        statement.setString(index + 1, parameters[index]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        return reading.read(rows);
      }
    }
  }

  /// A failure after the limit is the time-out itself, which every driver words in its own way.
  private TargetError silence(Exception failure) {
    return TargetError.of(
        TargetError.Kind.LOST,
        "%s did not %s within %,d s".formatted(settings.server(), task, limit.toSeconds()),
        true,
        failure);
  }

  private TargetError explain(ExecutionException failure) {
    if (failure.getCause() instanceof SQLException e) {
      TargetError error = engine.explain(e);
      return error
          .withMessage("%s did not %s: %s".formatted(settings.server(), task, error.message()))
          .scrubbed(settings.password());
    }
    throw new IllegalStateException(failure);
  }
}
