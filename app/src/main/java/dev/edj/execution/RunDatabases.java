package dev.edj.execution;

import static java.util.Objects.requireNonNullElse;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import dev.edj.execution.ErrorGroup.Member;
import dev.edj.execution.PageStore.ChildPlace;
import dev.edj.problem.EdjException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// The databases of one run: all of them at once, by server, by what they are called, and by what
/// went wrong on them.
public final class RunDatabases {

  private static final int MOST_ERRORS = 20_000;
  private static final int MOST_MEMBERS = 3;
  private static final ChildPlace BEFORE_ALL = new ChildPlace(0, 0, "");

  private final Jdbi jdbi;
  private final RunDatabasesStore store;

  public RunDatabases(Jdbi jdbi) {
    this.jdbi = jdbi;
    this.store = jdbi.onDemand(RunDatabasesStore.class);
  }

  /// All of them, in the order of steps, servers and databases. For runs that are not too large for
  /// whoever looks at them: see [JobExecution#children].
  public List<RunDatabase> all(UUID run) {
    return store.databases(run);
  }

  /// How many stand where on each server, in the order of steps and servers.
  public List<ServerCounts> byServer(UUID run) {
    return store.byServer(run);
  }

  /// The errors of those that failed, timed out or wait for a retry, those that say the same
  /// together, the most frequent first. Of very many the first are looked at.
  public List<ErrorGroup> errors(UUID run) {
    ErrorGroups groups = new ErrorGroups(MOST_MEMBERS);
    store
        .errors(run, MOST_ERRORS)
        .forEach(error ->
            groups.add(
                requireNonNullElse(error.message(), error.lifecycle().name()),
                new Member(error.executionId(), error.server(), error.database())));
    return groups.largestFirst();
  }

  /// Children in the order of steps, servers and databases.
  public Page<JobExecution> page(UUID run, DatabaseFilter filter) {
    List<UUID> ids = jdbi.inTransaction(handle -> ids(handle, run, filter));
    Map<UUID, JobExecution> found =
        ids.isEmpty()
            ? Map.of()
            : jdbi.onDemand(ListingStore.class).children(ids.toArray(UUID[]::new)).stream()
                .collect(toMap(JobExecution::id, identity()));
    return new Page<>(
        ids.stream().map(found::get).filter(Objects::nonNull).toList(),
        ids.size() < filter.limit() ? null : ids.getLast().toString());
  }

  private static List<UUID> ids(Handle handle, UUID run, DatabaseFilter filter) {
    PageStore pages = handle.attach(PageStore.class);
    pages.begin();
    DatabaseCriteria criteria = criteria(pages, run, filter);
    RunDatabasesStore statements = handle.attach(RunDatabasesStore.class);
    if (filter.error() != null) {
      return statements.withError(run, criteria);
    }
    return filter.lifecycle() != null && isRare(filter.lifecycle())
        ? statements.rare(run, filter.lifecycle().name(), criteria)
        : statements.named(run, criteria);
  }

  private static DatabaseCriteria criteria(PageStore pages, UUID run, DatabaseFilter filter) {
    ChildPlace after =
        filter.after() == null ? BEFORE_ALL : Listing.childPlace(pages, run, filter.after());
    return new DatabaseCriteria(
        filter.stepId(),
        Listing.known("server", filter.server(), Listing.server(pages, filter.server())),
        Arrays.stream(Lifecycle.values())
            .filter(one -> filter.lifecycle() == null || one == filter.lifecycle())
            .map(Lifecycle::name)
            .toArray(String[]::new),
        likePattern(filter.name()),
        likePattern(filter.error()),
        after.stepId(),
        after.serverId(),
        after.databaseName(),
        filter.limit());
  }

  /// A part of a text, in which `*` stands for anything.
  private static @Nullable String likePattern(@Nullable String part) {
    return part == null
        ? null
        : part.replace("\\", "\\\\")
            .replace("%", "\\%")
            .replace("_", "\\_")
            .replace('*', '%')
            .transform("%%%s%%"::formatted);
  }

  /// Those that have an index of their own.
  private static boolean isRare(Lifecycle lifecycle) {
    return switch (lifecycle) {
      case WaitingForRetry, Failed, TimedOut, Canceled, Skipped -> true;
      case Created, InProgress, Succeeded, WaitingForChildJobExecutions, SucceededWithSkipped ->
          false;
    };
  }

  /// The child of a step on a database.
  public UUID child(UUID run, int stepId, String server, String database) {
    UUID child = store.child(run, stepId, server, database);
    if (child == null) {
      throw EdjException.notFound("database", database + " on " + server);
    }
    return child;
  }

  /// The child before this one that failed or timed out.
  public Optional<JobExecution> failedBefore(UUID child) {
    return named(store.failedBefore(child));
  }

  /// The next one.
  public Optional<JobExecution> failedAfter(UUID child) {
    return named(store.failedAfter(child));
  }

  private Optional<JobExecution> named(@Nullable UUID child) {
    return child == null
        ? Optional.empty()
        : jdbi.onDemand(ListingStore.class).children(new UUID[] {child}).stream().findFirst();
  }

  /// The script that a child runs, up to a number of characters.
  public Optional<String> script(UUID child, int mostCharacters) {
    return store.script(child, mostCharacters);
  }

  /// Nothing of a run that goes to all databases at once.
  public Optional<RunWaves> waves(UUID run) {
    return store.waves(run);
  }
}
