package dev.edj.result;

import dev.edj.execution.PinnedDestination;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jspecify.annotations.Nullable;

/// What children returned, as far as the control database keeps it. Read in portions, each by a
/// statement of its own: whoever takes the rows may be slow, and must not hold a transaction.
interface ResultStore {

  /// Where a step sends its rows; null when it does not.
  @SqlQuery(
      """
      SELECT destination_server_id AS server_id, destination_database AS database, destination_schema AS schema,
             destination_table AS "table", destination_credential_id AS credential_id,
             destination_drift = 'Add' AS adds_columns, destination_source_columns AS tells_source
      FROM step_execution
      WHERE step_execution_id = :step AND results = 'Send'
      """)
  @RegisterConstructorMapper(PinnedDestination.class)
  @Nullable PinnedDestination destination(@Bind("step") long stepExecutionId);

  /// Has a page be read along the index that is in its order, whatever the planner expects there.
  @SqlQuery(
      """
      SELECT set_config('plan_cache_mode', 'force_custom_plan', true), set_config('enable_seqscan', 'off', true),
             set_config('enable_bitmapscan', 'off', true), set_config('enable_sort', 'off', true),
             set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true)
      """)
  String begin();

  /// The steps of a run, in their order.
  @SqlQuery(
      """
      SELECT step_execution_id, step_id, step_name AS step
      FROM step_execution
      WHERE execution_id = :run
      ORDER BY step_id
      """)
  @RegisterConstructorMapper(StepRow.class)
  List<StepRow> steps(@Bind("run") UUID run);

  @SqlQuery("SELECT server_id FROM server WHERE name = :name")
  @Nullable Integer server(@Bind("name") String name);

  /// Whether anything is kept of the step.
  @SqlQuery("SELECT EXISTS (SELECT FROM kept_result WHERE step_execution_id = :step)")
  boolean anyKept(@Bind("step") long stepExecutionId);

  String WANTED =
      """
        AND (CAST(:child AS uuid) IS NULL OR c.execution_id = CAST(:child AS uuid))
        AND (CAST(:serverId AS int) IS NULL OR c.server_id = CAST(:serverId AS int))
        AND (CAST(:database AS text) IS NULL OR c.database_name = :database)
        AND (CAST(:lifecycle AS text) IS NULL OR c.lifecycle = :lifecycle)
      """;

  String PAGE =
      """
      SELECT c.execution_id, c.server_id, sv.name AS server, c.database_name AS database
      FROM child_execution c
      JOIN server sv ON sv.server_id = c.server_id
      WHERE c.step_execution_id = :step
        AND (c.step_execution_id, c.server_id, c.database_name) > (:step, :afterServer, :afterDatabase)
      """
          + WANTED;

  String IN_ORDER =
      """
      ORDER BY c.step_execution_id, c.server_id, c.database_name
      LIMIT :limit
      """;

  String KEPT_PAGE =
      PAGE
          + """
            AND EXISTS (SELECT FROM kept_result k WHERE k.execution_id = c.execution_id OFFSET 0)
          """
          + IN_ORDER;

  /// Children of which a result is kept, in the order of servers and databases. To be run in a
  /// transaction that began with [#begin].
  @SqlQuery(KEPT_PAGE)
  @RegisterConstructorMapper(ChildRow.class)
  List<ChildRow> keptChildren(
      @Bind("step") long stepExecutionId,
      @BindMethods WantedChildren wanted,
      @Bind("afterServer") int afterServer,
      @Bind("afterDatabase") String afterDatabase,
      @Bind("limit") int limit);

  String BEGUN_PAGE =
      PAGE
          + """
            AND c.attempt > 0
          """
          + IN_ORDER;

  /// Children that have begun, which is what may have sent rows; otherwise like [#keptChildren].
  @SqlQuery(BEGUN_PAGE)
  @RegisterConstructorMapper(ChildRow.class)
  List<ChildRow> begunChildren(
      @Bind("step") long stepExecutionId,
      @BindMethods WantedChildren wanted,
      @Bind("afterServer") int afterServer,
      @Bind("afterDatabase") String afterDatabase,
      @Bind("limit") int limit);

  /// The kept results of these children, in no order.
  @SqlQuery(
      """
      SELECT k.execution_id, s.step_name AS step, sv.name AS server, c.database_name AS database, k.columns,
             k.row_count, k.kept_rows, k.rows
      FROM kept_result k
      JOIN child_execution c ON c.execution_id = k.execution_id
      JOIN step_execution s ON s.step_execution_id = c.step_execution_id
      JOIN server sv ON sv.server_id = c.server_id
      WHERE k.execution_id = ANY (:ids)
      """)
  @RegisterConstructorMapper(KeptRow.class)
  List<KeptRow> kept(@Bind("ids") UUID... executionIds);

  @SqlQuery(
      """
      SELECT piece, rows
      FROM kept_result_piece
      WHERE execution_id = :id AND piece > :after
      ORDER BY piece
      LIMIT 1
      """)
  @RegisterConstructorMapper(PieceRow.class)
  @Nullable PieceRow nextPiece(@Bind("id") UUID executionId, @Bind("after") int after);

  String HEADERS =
      """
      SELECT columns
      FROM (
        SELECT DISTINCT ON (k.columns COLLATE "C") k.columns, c.server_id, c.database_name
        FROM kept_result k
        JOIN child_execution c ON c.execution_id = k.execution_id
        WHERE k.step_execution_id = :step
      """
          + WANTED
          + """
            ORDER BY k.columns COLLATE "C", c.server_id, c.database_name) header
          ORDER BY server_id, database_name
          LIMIT :limit
          """;

  /// The lists of columns that there are, in the order of the first children that have them.
  @SqlQuery(HEADERS)
  List<String> headers(
      @Bind("step") long stepExecutionId,
      @BindMethods WantedChildren wanted,
      @Bind("limit") int limit);

  String KEPT_SINCE =
      """
      SELECT k.execution_id, k.kept_at
      FROM kept_result k
      JOIN child_execution c ON c.execution_id = k.execution_id
      WHERE k.step_execution_id = :step AND k.kept_at >= :since AND (k.kept_at, k.execution_id) > (:since, :after)
      """
          + WANTED
          + """
          ORDER BY k.kept_at, k.execution_id
          LIMIT :limit
          """;

  /// Children of which a result was kept at a time or later, in the order of these times.
  @SqlQuery(KEPT_SINCE)
  @RegisterConstructorMapper(KeptAt.class)
  List<KeptAt> keptSince(
      @Bind("step") long stepExecutionId,
      @BindMethods WantedChildren wanted,
      @Bind("since") Instant since,
      @Bind("after") UUID after,
      @Bind("limit") int limit);

  /// The largest groups of children with the same result, and how many groups and children there
  /// are in all.
  @SqlQuery(
      """
      SELECT encode(k.digest, 'hex') AS digest, count(*) AS size, count(*) OVER () AS groups,
             CAST(sum(count(*)) OVER () AS bigint) AS children
      FROM kept_result k
      JOIN child_execution c ON c.execution_id = k.execution_id
      WHERE k.step_execution_id = :step
      GROUP BY k.digest
      ORDER BY count(*) DESC, min(c.server_id), min(c.database_name), k.digest
      LIMIT :limit
      """)
  @RegisterConstructorMapper(GroupRow.class)
  List<GroupRow> groups(@Bind("step") long stepExecutionId, @Bind("limit") int limit);

  /// The first members of each of these groups, in the order of servers and databases.
  @SqlQuery(
      """
      SELECT digest, execution_id, server, database, row_count
      FROM (
        SELECT encode(k.digest, 'hex') AS digest, k.execution_id, sv.name AS server, c.database_name AS database,
               k.row_count,
               row_number() OVER (PARTITION BY k.digest ORDER BY c.server_id, c.database_name) AS place
        FROM kept_result k
        JOIN child_execution c ON c.execution_id = k.execution_id
        JOIN server sv ON sv.server_id = c.server_id
        WHERE k.step_execution_id = :step AND encode(k.digest, 'hex') = ANY (:digests)) member
      WHERE place <= :limit
      ORDER BY place
      """)
  @RegisterConstructorMapper(MemberRow.class)
  List<MemberRow> members(
      @Bind("step") long stepExecutionId,
      @Bind("limit") int limit,
      @Bind("digests") String... digests);

  /// A step of a run.
  record StepRow(long stepExecutionId, int stepId, String step) {}

  /// A child, and where it ran.
  record ChildRow(UUID executionId, int serverId, String server, String database) {}

  /// What is kept of one child's result.
  ///
  /// @param rowCount of the whole
  /// @param keptRows the first so many are kept
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record KeptRow(
      UUID executionId,
      String step,
      String server,
      String database,
      String columns,
      long rowCount,
      int keptRows,
      byte[] rows) {}

  /// What of the kept rows does not fit into a result's own row.
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record PieceRow(int piece, byte[] rows) {}

  /// When a child's result was kept.
  record KeptAt(UUID executionId, Instant keptAt) {}

  /// Children with the same result.
  ///
  /// @param groups how many groups there are in all
  /// @param children how many children there are in all of them
  record GroupRow(String digest, long size, long groups, long children) {}

  /// A child of a group.
  record MemberRow(
      String digest, UUID executionId, String server, String database, long rowCount) {}
}
