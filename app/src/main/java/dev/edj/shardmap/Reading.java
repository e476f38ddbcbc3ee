package dev.edj.shardmap;

import dev.edj.shardmap.ShardMapException.Code;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The queries of one look at a catalog: all of them together end within a limit of time.
///
/// The tools hold a lock while they upgrade a store, and whoever reads it waits. The driver's query
/// time-out ends that wait and leaves the connection whole, but needs a server that answers; behind
/// it stands a network time-out, which breaks the connection.
final class Reading {

  /// One row's value.
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  /// For the driver's own time-out to come first: its unit is the second, rounded up.
  private static final Duration GRACE = Duration.ofSeconds(2);

  /// Rows that a driver holds at once.
  private static final int FETCH_SIZE = 1_000;

  private final Catalog catalog;
  private final Connection connection;
  private final Duration limit;
  private final int mostRows;
  private final long begin = System.nanoTime();

  Reading(Catalog catalog, Connection connection, Duration limit, int mostRows) {
    this.catalog = catalog;
    this.connection = connection;
    this.limit = limit;
    this.mostRows = mostRows;
  }

  /// All rows there are.
  <T> List<T> all(String sql, Row<T> row, String... parameters)
      throws ShardMapException, SQLException {
    List<T> rows = first(mostRows + 1, sql, row, parameters);
    if (rows.size() > mostRows) {
      throw new ShardMapException(
          Code.TOO_MANY_ROWS,
          "There are more than %,d rows; no more are read.".formatted(mostRows));
    }
    return rows;
  }

  /// So many rows at most.
  <T> List<T> first(int most, String sql, Row<T> row, String... parameters)
      throws ShardMapException, SQLException {
    Duration left = timeLeft();
    int networkTimeout = connection.getNetworkTimeout();
    connection.setNetworkTimeout(Runnable::run, milliseconds(left.plus(GRACE)));
    connection.setAutoCommit(!catalog.fetchesInTransactions());
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setQueryTimeout(seconds(left));
      statement.setMaxRows(most);
      statement.setFetchSize(Math.min(most, FETCH_SIZE));
      for (int index = 0; index < parameters.length; index++) {
        statement.setString(index + 1, parameters[index]);
      }
      return rows(statement, row);
    } catch (SQLException e) {
      throw explained(e);
    } finally {
      giveBack(networkTimeout);
    }
  }

  /// As the caller has it; where it broke, there is nothing to give back.
  private void giveBack(int networkTimeout) throws SQLException {
    if (connection.isClosed()) {
      return;
    }
    if (!connection.getAutoCommit()) {
      connection.rollback();
      connection.setAutoCommit(true);
    }
    connection.setNetworkTimeout(Runnable::run, networkTimeout);
  }

  private <T> List<T> rows(PreparedStatement statement, Row<T> row)
      throws ShardMapException, SQLException {
    List<T> values = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        timeLeft();
        values.add(row.read(rows));
      }
    }
    return values;
  }

  private Duration timeLeft() throws ShardMapException {
    Duration left = limit.minusNanos(System.nanoTime() - begin);
    if (!left.isPositive()) {
      throw timedOut(null);
    }
    return left;
  }

  /// A failure after the limit is the time-out itself, which every driver words in its own way.
  private ShardMapException explained(SQLException failure) throws SQLException {
    if (System.nanoTime() - begin >= limit.toNanos()) {
      return timedOut(failure);
    }
    if (catalog.saysDenied(failure)) {
      return new ShardMapException(
          Code.NO_PERMISSION,
          "The login may not read the tables of the shard map manager, it needs SELECT on them: "
              + failure.getMessage(),
          failure);
    }
    if (catalog.saysMissing(failure)) {
      return new ShardMapException(
          Code.NOT_A_SHARD_MAP_MANAGER,
          "The database is not that of a shard map manager: " + failure.getMessage(),
          failure);
    }
    throw failure;
  }

  private ShardMapException timedOut(@Nullable SQLException failure) {
    return new ShardMapException(
        Code.TIMED_OUT,
        "The tables of the shard map manager could not be read within %,d ms;"
                .formatted(limit.toMillis())
            + " they are locked while it is upgraded.",
        failure);
  }

  private static int seconds(Duration duration) {
    return Math.clamp(duration.plusMillis(999).toSeconds(), 1, Integer.MAX_VALUE);
  }

  private static int milliseconds(Duration duration) {
    return Math.clamp(duration.toMillis(), 1, Integer.MAX_VALUE);
  }
}
