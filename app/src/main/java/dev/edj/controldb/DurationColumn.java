package dev.edj.controldb;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import org.jdbi.v3.core.mapper.ColumnMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/// Durations are stored in milliseconds.
final class DurationColumn implements ColumnMapper<Duration> {

  @Override
  public @Nullable Duration map(ResultSet row, int column, StatementContext context)
      throws SQLException {
    long milliseconds = row.getLong(column);
    return row.wasNull() ? null : Duration.ofMillis(milliseconds);
  }
}
