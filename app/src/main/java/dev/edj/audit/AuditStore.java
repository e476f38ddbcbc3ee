package dev.edj.audit;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/// The audit log in the control database. Nothing here changes or removes an event or a link.
@RegisterConstructorMapper(AuditRow.class)
@RegisterConstructorMapper(Link.class)
interface AuditStore {

  String EVENT =
      """
      SELECT e.event_id AS id, e.occurred_at AS time, e.actor_kind, e.actor_name, e.actor_token,
             e.client_address AS address, e.action, e.object_kind, e.object_name, e.object_id, e.object_version, e.scripts, e.execution_id AS execution,
             e.before, e.after, l.number
      FROM audit_event e
      LEFT JOIN audit_link l ON l.event_id = e.event_id
      """;

  @SqlUpdate(
      """
      WITH recorded AS (
        INSERT INTO audit_event (actor_kind, actor_name, actor_token, client_address, action, object_kind, object_name,
            object_id, object_version, scripts, execution_id, before, after)
        SELECT actor_kind, actor_name, actor_token, client_address, action, object_kind, object_name, object_id,
               object_version, string_to_array(scripts, ' '), execution_id, CAST(before AS json), CAST(after AS json)
        FROM unnest(:actorKinds, :actorNames, :actorTokens, :addresses, :actions, :kinds, :names, :ids, :versions, :scripts,
            :executions, :before, :after)
          AS e (actor_kind, actor_name, actor_token, client_address, action, object_kind, object_name, object_id, object_version,
            scripts, execution_id, before, after)
        RETURNING event_id
      )
      INSERT INTO audit_pending (event_id) SELECT event_id FROM recorded
      """)
  void insert(@BindMethods NewAuditRows events);

  /// Has each statement planned for the filter it is given.
  @SqlQuery("SELECT set_config('plan_cache_mode', 'force_custom_plan', true)")
  String begin();

  /// The newest first.
  @SqlQuery(
      EVENT
          + """
          WHERE (CAST(:actor AS text) IS NULL OR e.actor_name = :actor)
            AND (CAST(:action AS text) IS NULL OR e.action = :action)
            AND (CAST(:kind AS text) IS NULL OR e.object_kind = :kind)
            AND (CAST(:object AS text) IS NULL OR e.object_name = :object OR e.object_id = :object)
            AND (CAST(:refused AS boolean) IS NULL OR (e.action LIKE '%.refuse') = CAST(:refused AS boolean))
            AND (CAST(:from AS timestamptz) IS NULL OR e.occurred_at >= CAST(:from AS timestamptz))
            AND (CAST(:to AS timestamptz) IS NULL OR e.occurred_at < CAST(:to AS timestamptz))
            AND (CAST(:after AS bigint) IS NULL OR e.event_id < CAST(:after AS bigint))
          ORDER BY e.event_id DESC
          LIMIT :limit
          """)
  List<AuditRow> list(@BindMethods AuditFilter filter);

  @SqlQuery(EVENT + "WHERE e.event_id = :id")
  Optional<AuditRow> find(long id);

  /// Takes the turn at the chain until the transaction ends; false when another controller has it.
  @SqlQuery("SELECT pg_try_advisory_xact_lock(hashtext('edj audit chain'))")
  boolean takeTurn();

  @SqlQuery("SELECT number, event_id, hash FROM audit_link ORDER BY number DESC LIMIT 1")
  Optional<Link> head();

  /// Takes events out of those that have no link yet.
  @SqlQuery(
      """
      DELETE FROM audit_pending
      WHERE event_id IN (SELECT event_id FROM audit_pending ORDER BY event_id LIMIT :limit)
      RETURNING event_id
      """)
  List<Long> takePending(int limit);

  /// Those of the events that have no link indeed.
  @SqlQuery(EVENT + "WHERE e.event_id = ANY (:ids) AND l.event_id IS NULL ORDER BY e.event_id")
  List<AuditRow> unlinked(Long... ids);

  @SqlUpdate(
      """
      INSERT INTO audit_link (number, event_id, hash)
      SELECT number, event_id, decode(hash, 'hex') FROM unnest(:numbers, :events, :hashes) AS l (number, event_id, hash)
      """)
  void insertLinks(long[] numbers, long[] events, String[] hashes);

  @SqlQuery(
      "SELECT number, event_id, hash FROM audit_link WHERE number > :after ORDER BY number LIMIT :limit")
  List<Link> links(long after, int limit);

  /// The events of links, by their numbers.
  @SqlQuery(EVENT + "WHERE l.number BETWEEN :first AND :last ORDER BY l.number")
  List<AuditRow> linked(long first, long last);

  /// Counts events without a link, and among them those that nobody will link any more, because
  /// they were taken out of those that are to be.
  @SqlQuery(
      """
      SELECT count(*) AS events, count(*) FILTER (WHERE p.event_id IS NULL) AS forgotten,
             min(e.event_id) FILTER (WHERE p.event_id IS NULL) AS first_forgotten
      FROM audit_event e
      LEFT JOIN audit_link l ON l.event_id = e.event_id
      LEFT JOIN audit_pending p ON p.event_id = e.event_id
      WHERE l.event_id IS NULL
      """)
  @RegisterConstructorMapper(Unlinked.class)
  Unlinked countUnlinked();

  /// Events that no link has.
  ///
  /// @param forgotten how many of them nobody will link
  record Unlinked(long events, long forgotten, @Nullable Long firstForgotten) {}
}
