package dev.edj.execution;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/// Reads a run or a child as [ListingStore] selects them, without the steps of a run of several.
public final class JobExecutionRow implements RowMapper<JobExecution> {

  @Override
  public JobExecution map(ResultSet row, StatementContext context) throws SQLException {
    return new JobExecution(
        row.getObject("id", UUID.class),
        row.getObject("parent_id", UUID.class),
        row.getString("job"),
        row.getInt("job_version"),
        Purpose.valueOf(row.getString("purpose")),
        row.getObject("step_id", Integer.class),
        row.getString("step"),
        row.getString("content"),
        row.getObject("content_version", Integer.class),
        row.getString("credential"),
        row.getString("policy"),
        row.getString("target"),
        row.getString("results") == null ? null : ResultMode.valueOf(row.getString("results")),
        destination(row),
        row.getString("server"),
        row.getString("database_name"),
        Lifecycle.valueOf(row.getString("lifecycle")),
        row.getString("waiting_cause"),
        row.getInt("attempt"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        instant(row, "started_at"),
        instant(row, "ended_at"),
        instant(row, "next_retry_at"),
        row.getBoolean("cancel_requested"),
        row.getString("created_by"),
        row.getString("schedule"),
        instant(row, "planned_at"),
        row.getObject("follows_id", UUID.class),
        row.getString("message"),
        row.getObject("parent_id") == null ? counts(row) : null,
        null);
  }

  private static @Nullable Destination destination(ResultSet row) throws SQLException {
    String server = row.getString("destination_server");
    return server == null
        ? null
        : new Destination(
            server,
            row.getString("destination_database"),
            row.getString("destination_schema"),
            row.getString("destination_table"),
            row.getString("destination_credential"),
            SchemaDrift.valueOf(row.getString("destination_schema_drift")),
            row.getBoolean("destination_source_columns"));
  }

  private static Counts counts(ResultSet row) throws SQLException {
    return new Counts(
        row.getInt("created"),
        row.getInt("in_progress"),
        row.getInt("waiting_for_retry"),
        row.getInt("succeeded"),
        row.getInt("failed"),
        row.getInt("timed_out"),
        row.getInt("canceled"),
        row.getInt("skipped"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
