package dev.edj.execution;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import dev.edj.engine.ServerName;
import dev.edj.execution.PageStore.ChildPlace;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// Lists executions by a filter: checks that it makes sense, turns its names into ids, and picks
/// the statement whose index fits it best.
final class Listing {

  /// Nothing is older.
  private static final Instant FIRST = Instant.EPOCH;

  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");
  private static final UUID LEAST_ID = new UUID(0, 0);

  /// Of the time between creation and start, as in the index of those that took longer.
  private static final Duration USUAL_WAIT = Duration.ofHours(1);

  /// The start of the transaction that starts a run may be a little before the moment of its
  /// creation.
  private static final Duration MOMENT = Duration.ofMinutes(1);

  private static final Set<Lifecycle> OF_PARENTS_ONLY =
      Set.of(Lifecycle.WaitingForChildJobExecutions, Lifecycle.SucceededWithSkipped);

  private static final int TIME_ORDERED = 7;

  /// So many are looked through in no time.
  static final int FEW = 1_000;

  private final Jdbi jdbi;

  Listing(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  List<JobExecution> page(ExecutionFilter filter) {
    check(filter);
    return jdbi.inTransaction(handle -> {
      PageStore store = handle.attach(PageStore.class);
      store.begin();
      return page(store, filter);
    });
  }

  private static List<JobExecution> page(PageStore store, ExecutionFilter filter) {
    UUID parent = filter.parent();
    if (parent != null) {
      ChildPlace after = filter.after() == null ? null : childPlace(store, parent, filter.after());
      return store.listChildren(
          parent,
          criteria(store, filter, null),
          ChildCriteria.of(filter.lifecycle(), filter.includeInactive(), after),
          FEW);
    }
    Criteria criteria =
        criteria(store, filter, filter.after() == null ? null : createdAt(store, filter.after()));
    return criteria.database() == null && criteria.serverId() == null
        ? runs(store, criteria)
        : onPlace(store, criteria);
  }

  private static List<JobExecution> onPlace(PageStore store, Criteria criteria) {
    if (criteria.jobId() != null && store.runsOfJob(criteria.jobId(), FEW) < FEW) {
      return store.listOfJobOnPlace(criteria);
    }
    return criteria.database() == null
        ? store.listOnServer(criteria)
        : store.listOnDatabase(criteria);
  }

  /// Along what is rare; else along the job, whose runs are mostly on one target and of one
  /// content, while those of a target or a content may be of many jobs.
  private static List<JobExecution> runs(PageStore store, Criteria criteria) {
    if (criteria.purpose() != null && !criteria.purpose().equals(Purpose.Run.name())) {
      return store.listRehearsals(criteria);
    }
    UUID target = criteria.targetId();
    Long content = criteria.contentId();
    boolean alone = criteria.jobId() == null && criteria.schedule() == null;
    if (target != null && ((alone && content == null) || store.stepsOnTarget(target, FEW) < FEW)) {
      return store.listRunsOnTarget(criteria);
    }
    if (content != null
        && ((alone && target == null) || store.stepsOfContent(content, FEW) < FEW)) {
      return store.listRunsOfContent(criteria);
    }
    if (criteria.jobId() != null) {
      return criteria.schedule() == null
          ? store.listRunsOfJob(criteria)
          : store.listRunsOfJobBySchedule(criteria);
    }
    if (criteria.schedule() != null) {
      return store.listRunsBySchedule(criteria);
    }
    return target == null ? store.listRuns(criteria) : store.listRunsOnTarget(criteria);
  }

  private static void check(ExecutionFilter filter) {
    if (filter.parent() != null) {
      refuseWithParent("job", filter.job());
      refuseWithParent("schedule", filter.schedule());
      refuseWithParent("target", filter.target());
      refuseWithParent("content", filter.content());
      refuseWithParent("purpose", filter.purpose() == null ? null : filter.purpose().name());
    }
    Lifecycle lifecycle = filter.lifecycle();
    if (ofChildren(filter) && lifecycle != null && OF_PARENTS_ONLY.contains(lifecycle)) {
      throw EdjException.invalid(
          "lifecycle",
          "%s is of top-level executions only; those on a server or a database are children"
              .formatted(lifecycle));
    }
    refuseBackwards("createdTo", filter.createdFrom(), filter.createdTo());
    refuseBackwards("startedTo", filter.startedFrom(), filter.startedTo());
  }

  private static boolean ofChildren(ExecutionFilter filter) {
    return filter.parent() != null || filter.server() != null || filter.database() != null;
  }

  private static void refuseWithParent(String field, @Nullable String value) {
    if (value != null) {
      throw EdjException.invalid(
          field, "does not go with a parent: its children are all of its own job; leave it out");
    }
  }

  private static void refuseBackwards(String field, @Nullable Instant from, @Nullable Instant to) {
    if (from != null && to != null && from.isAfter(to)) {
      throw EdjException.invalid(field, "must not be earlier than %s".formatted(from));
    }
  }

  /// @param after when the last execution of the page before was created
  private static Criteria criteria(
      PageStore store, ExecutionFilter filter, @Nullable Instant after) {
    boolean byStart = filter.startedFrom() != null || filter.startedTo() != null;
    Instant startedFrom = requireNonNullElse(filter.startedFrom(), FIRST);
    Instant startedTo = requireNonNullElse(filter.startedTo(), LAST);
    Instant from = latest(FIRST, filter.createdFrom());
    if (filter.startedFrom() != null && !ofChildren(filter)) {
      from = latest(from, earliestCreation(store, startedFrom, startedTo));
    }
    Instant end = earliest(LAST, filter.createdTo());
    if (filter.startedTo() != null) {
      end = earliest(end, startedTo.plus(MOMENT));
    }
    boolean goesOn = after != null && after.isBefore(end);
    return new Criteria(
        known("job", filter.job(), filter.job() == null ? null : store.job(filter.job())),
        filter.schedule(),
        filter.purpose() == null ? null : filter.purpose().name(),
        known("target", filter.target(), target(store, filter.target())),
        known(
            "content",
            filter.content(),
            filter.content() == null ? null : store.content(filter.content())),
        known("server", filter.server(), server(store, filter.server())),
        filter.database(),
        wanted(filter, lifecycle -> !lifecycle.ended()),
        wanted(filter, Lifecycle::ended),
        from,
        goesOn ? requireNonNull(after) : end,
        goesOn ? requireNonNull(filter.after()) : LEAST_ID,
        byStart,
        startedFrom,
        startedTo,
        filter.limit());
  }

  /// Runs start within the hour, but for a few; their children whenever their turn comes.
  private static Instant earliestCreation(PageStore store, Instant startedFrom, Instant startedTo) {
    Instant usual = startedFrom.minus(USUAL_WAIT);
    return earliest(usual, store.firstLateStarter(startedFrom, startedTo));
  }

  private static String[] wanted(ExecutionFilter filter, Predicate<Lifecycle> kind) {
    return Arrays.stream(Lifecycle.values())
        .filter(kind)
        .filter(lifecycle ->
            filter.lifecycle() == null
                ? filter.includeInactive() || !lifecycle.ended()
                : lifecycle == filter.lifecycle())
        .map(Lifecycle::name)
        .toArray(String[]::new);
  }

  static <T> @Nullable T known(String noun, @Nullable String name, @Nullable T id) {
    if (name != null && id == null) {
      throw EdjException.notFound(noun, name);
    }
    return id;
  }

  private static @Nullable UUID target(PageStore store, @Nullable String target) {
    return target == null ? null : store.target(target, uuid(target));
  }

  private static @Nullable UUID uuid(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /// By the name it has, or any other way to write it.
  static @Nullable Integer server(PageStore store, @Nullable String server) {
    if (server == null) {
      return null;
    }
    Integer id = store.server(server);
    if (id != null) {
      return id;
    }
    try {
      return store.server(ServerName.parse(server).canonical());
    } catch (IllegalArgumentException e) {
      throw new EdjException(ErrorCode.INVALID_FIELD, "server", "server: " + e.getMessage(), e);
    }
  }

  static ChildPlace childPlace(PageStore store, UUID parent, UUID after) {
    ChildPlace place = store.childPlace(parent, after);
    if (place == null) {
      throw EdjException.invalid(
          "after", "%s is no child of %s; list from the start again".formatted(after, parent));
    }
    return place;
  }

  /// Of one that was removed meanwhile, what its id says, which may be a little off: better than no
  /// next page.
  private static Instant createdAt(PageStore store, UUID after) {
    Instant created = store.createdAt(after);
    if (created != null) {
      return created;
    }
    if (after.version() != TIME_ORDERED) {
      throw EdjException.invalid(
          "after", "there is no execution %s; list from the start again".formatted(after));
    }
    return Instant.ofEpochMilli(after.getMostSignificantBits() >>> 16);
  }

  private static Instant latest(Instant one, @Nullable Instant other) {
    return other == null || one.isAfter(other) ? one : other;
  }

  private static Instant earliest(Instant one, @Nullable Instant other) {
    return other == null || one.isBefore(other) ? one : other;
  }
}
