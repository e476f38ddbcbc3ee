package dev.edj.engine;

import static java.util.Objects.requireNonNullElse;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/// Asks a server for the names of its databases, once.
final class NameQuery {

  /// Who has more is told so: to leave some out would be to run a script in the others only.
  private static final int MOST_NAMES = 1_000_000;

  /// For the driver's own time-out to come first, which leaves the server nothing to do: its unit
  /// is the second, rounded up.
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final Engine engine;
  private final ConnectionSettings settings;
  private final Duration limit;

  /// @param limit for the answer, from the login on
  NameQuery(Engine engine, ConnectionSettings settings, Duration limit) {
    this.engine = engine;
    this.settings = settings;
    this.limit = limit;
  }

  /// The first column of every row, in the server's order; a null is an empty name.
  List<String> ask(String sql, String... parameters) throws TargetException {
    Connection connection = engine.connect(settings);
    long begin = System.nanoTime();
    try {
      return HardLimit.perform(
          connection, limit.plus(GRACE), () -> names(connection, sql, parameters));
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

  private List<String> names(Connection connection, String sql, String... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setQueryTimeout(Math.toIntExact(Math.max(1, limit.plusMillis(999).toSeconds())));
      statement.setMaxRows(MOST_NAMES + 1);
      for (int index = 0; index < parameters.length; index++) {
        statement.setString(index + 1, parameters[index]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        return names(rows);
      }
    }
  }

  private static List<String> names(ResultSet rows) throws SQLException {
    List<String> names = new ArrayList<>();
    while (rows.next()) {
      if (names.size() == MOST_NAMES) {
        throw new SQLException(
            "there are more than %,d databases; no more are read".formatted(MOST_NAMES));
      }
      names.add(requireNonNullElse(rows.getString(1), ""));
    }
    return List.copyOf(names);
  }

  /// A failure after the limit is the time-out itself, which every driver words in its own way.
  private TargetError silence(Exception failure) {
    return TargetError.of(
        TargetError.Kind.LOST,
        "%s did not name its databases within %,d s"
            .formatted(settings.server(), limit.toSeconds()),
        true,
        failure);
  }

  private TargetError explain(ExecutionException failure) {
    if (failure.getCause() instanceof SQLException e) {
      TargetError error = engine.explain(e);
      return error
          .withMessage(
              "%s did not name its databases: %s".formatted(settings.server(), error.message()))
          .scrubbed(settings.password());
    }
    throw new IllegalStateException(failure);
  }
}
