package dev.edj.result;

import static dev.edj.result.ListCursor.row;

import dev.edj.engine.rows.Column;
import dev.edj.engine.rows.ColumnType;
import dev.edj.engine.rows.ColumnType.Kind;
import dev.edj.engine.rows.RowCursor;
import dev.edj.engine.rows.RowDigest;
import dev.edj.execution.Fleet;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Runs with results, put straight into the control database as workers leave them there.
public final class KeptFixture {

  public static final List<Column> COLUMNS =
      List.of(
          new Column("id", ColumnType.of(Kind.INTEGER)), new Column("name", ColumnType.text(40)));

  private static final int NULL = -1;

  private final Jdbi jdbi;
  private final Fleet fleet;

  public KeptFixture(Jdbi jdbi) {
    this.jdbi = jdbi;
    this.fleet = new Fleet(jdbi);
  }

  /// A run whose children have all begun, on databases `db0`, `db1` … of each server.
  public UUID run(int perServer, String... servers) {
    String job = "job " + UUID.randomUUID();
    List.of(servers).forEach(server -> fleet.server(server, 100));
    fleet.job(job, "Default execution policy");
    UUID run = fleet.run(job, perServer, servers);
    jdbi.useHandle(handle ->
        handle.execute(
            """
            UPDATE child_execution SET attempt = 1
            WHERE step_execution_id IN (SELECT step_execution_id FROM step_execution WHERE execution_id = ?)
            """,
            run));
    return run;
  }

  /// Gives the run a second step on the same databases.
  public void addStep(UUID run, String name) {
    jdbi.useHandle(handle ->
        handle.execute(
            """
            WITH s AS (
              INSERT INTO step_execution (execution_id, step_id, step_name, content_id, content_version, credential_id,
                target_id, policy_name, initial_retry_interval_ms, maximum_retry_interval_ms,
                retry_interval_backoff_coefficient, maximum_attempts, retry, transient_errors, permanent_errors,
                run_created_at)
              SELECT execution_id, 2, ?, content_id, content_version, credential_id, target_id, policy_name,
                initial_retry_interval_ms, maximum_retry_interval_ms, retry_interval_backoff_coefficient,
                maximum_attempts, retry, transient_errors, permanent_errors, run_created_at
              FROM step_execution WHERE execution_id = ? RETURNING step_execution_id, execution_id),
            p AS (INSERT INTO step_progress (step_execution_id) SELECT step_execution_id FROM s)
            INSERT INTO child_execution (execution_id, step_execution_id, server_id, database_name, attempt)
            SELECT gen_random_uuid(), s.step_execution_id, c.server_id, c.database_name, 1
            FROM s
            JOIN step_execution first ON first.execution_id = s.execution_id AND first.step_id = 1
            JOIN child_execution c ON c.step_execution_id = first.step_execution_id
            """,
            name,
            run));
  }

  public UUID child(UUID run, String server, String database) {
    return child(run, 1, server, database);
  }

  public UUID child(UUID run, int stepId, String server, String database) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT c.execution_id
                FROM child_execution c
                JOIN step_execution s ON s.step_execution_id = c.step_execution_id
                JOIN server sv ON sv.server_id = c.server_id
                WHERE s.execution_id = :run AND s.step_id = :step AND sv.name = :server AND c.database_name = :database
                """)
            .bind("run", run)
            .bind("step", stepId)
            .bind("server", server)
            .bind("database", database)
            .mapTo(UUID.class)
            .one());
  }

  public long step(UUID run) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                "SELECT step_execution_id FROM step_execution WHERE execution_id = :run AND step_id = 1")
            .bind("run", run)
            .mapTo(Long.class)
            .one());
  }

  /// Keeps a whole result.
  public void keep(UUID child, List<Column> columns, List<List<@Nullable Object>> rows) {
    keep(child, columns, rows.size(), rows);
  }

  /// Keeps a result of `COLUMNS` with these names, numbered from 1.
  public void keepNames(UUID child, String... names) {
    keep(child, COLUMNS, numbered(names));
  }

  /// The first rows of a result of so many.
  public void keep(
      UUID child, List<Column> columns, long rowCount, List<List<@Nullable Object>> rows) {
    RowDigest digest = new RowDigest(columns);
    ListCursor cursor = ListCursor.of(columns, rows);
    while (cursor.next()) {
      digest.add(cursor);
    }
    insert(
        child, columns, rowCount, rows.size(), digest.value(), bytes(ListCursor.of(columns, rows)));
  }

  /// The same, with the bytes cut into pieces of so many.
  public void keepInPieces(
      UUID child, List<Column> columns, int length, List<List<@Nullable Object>> rows) {
    byte[] bytes = bytes(ListCursor.of(columns, rows));
    insert(child, columns, rows.size(), rows.size(), new byte[32], Arrays.copyOf(bytes, length));
    for (int piece = 1; piece * length < bytes.length; piece++) {
      byte[] part =
          Arrays.copyOfRange(bytes, piece * length, Math.min(bytes.length, (piece + 1) * length));
      int number = piece;
      jdbi.useHandle(handle ->
          handle.execute("INSERT INTO kept_result_piece VALUES (?, ?, ?)", child, number, part));
    }
  }

  /// A result that says it has more rows than its bytes have.
  public void keepBroken(UUID child, List<Column> columns, List<List<@Nullable Object>> rows) {
    insert(
        child,
        columns,
        rows.size() + 1L,
        rows.size() + 1,
        new byte[32],
        bytes(ListCursor.of(columns, rows)));
  }

  private void insert(
      UUID child, List<Column> columns, long rowCount, int keptRows, byte[] digest, byte[] bytes) {
    jdbi.useHandle(handle ->
        handle.execute(
            """
            INSERT INTO kept_result (execution_id, step_execution_id, columns, row_count, kept_rows, digest, rows)
            SELECT execution_id, step_execution_id, ?, ?, ?, ?, ? FROM child_execution WHERE execution_id = ?
            """,
            json(columns),
            rowCount,
            keptRows,
            digest,
            bytes,
            child));
  }

  /// Ends the run: of each step all children succeeded but so many, which failed.
  public void end(UUID run, int failed) {
    jdbi.useTransaction(handle -> {
      handle.execute(
          """
          UPDATE child_execution c SET lifecycle = 'Succeeded', ended_at = now()
          FROM step_execution s WHERE s.step_execution_id = c.step_execution_id AND s.execution_id = ?
          """,
          run);
      handle.execute(
          """
          UPDATE step_progress p SET created = 0, failed = ?, succeeded = (
            SELECT count(*) FROM child_execution c WHERE c.step_execution_id = p.step_execution_id) - ?
          FROM step_execution s WHERE s.step_execution_id = p.step_execution_id AND s.execution_id = ?
          """,
          failed,
          failed,
          run);
      handle.execute(
          "UPDATE job_execution SET lifecycle = 'Succeeded', ended_at = now() WHERE execution_id = ?",
          run);
    });
  }

  /// Makes a child of an ended run one that failed.
  public void fail(UUID child) {
    jdbi.useHandle(handle ->
        handle.execute(
            "UPDATE child_execution SET lifecycle = 'Failed' WHERE execution_id = ?", child));
  }

  public static List<List<@Nullable Object>> numbered(String... names) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (int i = 0; i < names.length; i++) {
      rows.add(row(i + 1, names[i]));
    }
    return rows;
  }

  public static String json(List<Column> columns) {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    columns.forEach(column ->
        json.addObject()
            .put("name", column.name())
            .put("kind", column.type().kind().name())
            .put("length", column.type().length())
            .put("precision", column.type().precision())
            .put("scale", column.type().scale()));
    return JsonMapper.shared().writeValueAsString(json);
  }

  /// As they are kept: of each value its length, and the value.
  public static byte[] bytes(RowCursor<RuntimeException> rows) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      while (rows.next()) {
        for (int i = 0; i < rows.columns().size(); i++) {
          byte[] value = rows.value(i);
          out.writeInt(value == null ? NULL : value.length);
          if (value != null) {
            out.write(value);
          }
        }
      }
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
