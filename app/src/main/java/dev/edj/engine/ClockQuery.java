package dev.edj.engine;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/// Asks a server for its time, once.
record ClockQuery(Engine engine, ConnectionSettings settings, Duration limit) {

  /// How far its clock is ahead of this machine's.
  ///
  /// @param sql whose one row has the milliseconds since 1970
  Duration ask(String sql) throws TargetException {
    return new ServerQuestion(engine, settings, limit, "tell its time")
        .ask(1, rows -> ahead(rows), sql);
  }

  /// The first answer has waited for the login. It read its clock about halfway between question
  /// and answer.
  private static Duration ahead(ResultSet first) throws SQLException {
    PreparedStatement statement = (PreparedStatement) first.getStatement();
    Instant asked = Instant.now();
    long begin = System.nanoTime();
    try (ResultSet row = statement.executeQuery()) {
      row.next();
      Instant there = Instant.ofEpochMilli(row.getLong(1));
      return Duration.between(asked.plusNanos((System.nanoTime() - begin) / 2), there);
    }
  }
}
