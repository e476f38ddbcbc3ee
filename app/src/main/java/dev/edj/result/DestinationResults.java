package dev.edj.result;

import dev.edj.engine.TargetException;
import dev.edj.engine.rows.Column;
import dev.edj.engine.rows.RowCursor;
import dev.edj.engine.rows.RowDigest;
import dev.edj.engine.rows.RowStore;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.result.Comparison.ComparedChild;
import dev.edj.result.Destinations.Destination;
import dev.edj.result.ResultStore.ChildRow;
import dev.edj.result.ResultStore.StepRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// The results of a step that were sent to a destination, read from its table. The table is asked
/// child by child: each engine puts ids in an order of its own, and none in that of the databases.
final class DestinationResults implements StepResults {

  private static final int PAGE = 1_000;

  private final Jdbi jdbi;
  private final StepRow step;
  private final Destination destination;

  DestinationResults(Jdbi jdbi, StepRow step, Destination destination) {
    this.jdbi = jdbi;
    this.step = step;
    this.destination = destination;
  }

  /// Of a child without rows the table knows nothing, nor whether it returned a result.
  @Override
  public void read(WantedChildren wanted, ResultReceiver receiver) throws Exception {
    readAll(
        wanted,
        (child, rows) -> {
          if (rows.next()) {
            receiver.child(child, new Begun(rows));
          }
        });
  }

  /// Also children without rows.
  private void readAll(WantedChildren wanted, ResultReceiver receiver) throws Exception {
    try (RowStore rows = destination.open()) {
      int server = 0;
      String database = "";
      List<ChildRow> page;
      do {
        page = page(wanted, server, database);
        for (ChildRow child : page) {
          read(rows, child, receiver);
        }
        if (!page.isEmpty()) {
          server = page.getLast().serverId();
          database = page.getLast().database();
        }
      } while (page.size() == PAGE);
    } catch (TargetException e) {
      throw new EdjException(
          ErrorCode.TARGET_UNREACHABLE,
          null,
          "the rows of step '%s' cannot be read from their destination, the table %s: %s"
              .formatted(step.step(), destination.table().name(), e.getMessage()),
          e);
    }
  }

  @Override
  public void read(UUID child, ResultReceiver receiver) throws Exception {
    readAll(WantedChildren.only(child), receiver);
  }

  private List<ChildRow> page(WantedChildren wanted, int afterServer, String afterDatabase) {
    return jdbi.inTransaction(handle -> {
      ResultStore pages = handle.attach(ResultStore.class);
      pages.begin();
      return pages.begunChildren(step.stepExecutionId(), wanted, afterServer, afterDatabase, PAGE);
    });
  }

  private void read(RowStore rows, ChildRow child, ResultReceiver receiver) throws Exception {
    Relay relay = new Relay(cursor -> receiver.child(header(child, cursor.columns()), cursor));
    try {
      rows.read(
          destination.table(), List.of(child.executionId()), (_, cursor) -> relay.hand(cursor));
    } finally {
      relay.rethrow();
    }
  }

  private ChildResult header(ChildRow child, List<Column> columns) {
    return new ChildResult(
        child.executionId(), step.step(), child.server(), child.database(), columns, null, false);
  }

  /// Those of the table, which are the same for all.
  @Override
  public List<List<Column>> headers(WantedChildren wanted, int limit) throws Exception {
    List<List<Column>> headers = new ArrayList<>();
    try {
      readAll(
          wanted,
          (child, _) -> {
            headers.add(child.columns());
            throw new Enough();
          });
    } catch (Enough e) {
      return headers;
    }
    return headers;
  }

  /// Reads all rows of all children that succeeded; those without rows agree.
  @Override
  public Groups groups(int mostGroups, int mostMembers) throws Exception {
    Map<String, Members> byDigest = new LinkedHashMap<>();
    readAll(
        WantedChildren.SUCCEEDED,
        (child, rows) -> {
          RowDigest digest = new RowDigest(child.columns());
          while (rows.next()) {
            digest.add(rows);
          }
          byDigest
              .computeIfAbsent(
                  HexFormat.of().formatHex(digest.value()), _ -> new Members(digest.count()))
              .add(child, mostMembers);
        });
    return new Groups(
        byDigest.size(),
        byDigest.values().stream().mapToLong(members -> members.size).sum(),
        byDigest.values().stream()
            .sorted(Comparator.comparingLong((Members members) -> members.size).reversed())
            .limit(mostGroups)
            .map(Members::group)
            .toList());
  }

  /// Children that returned the same, while they are found.
  private static final class Members {

    private final long rowCount;
    private final List<ComparedChild> first = new ArrayList<>(1);
    private long size;

    Members(long rowCount) {
      this.rowCount = rowCount;
    }

    void add(ChildResult child, int most) {
      size++;
      if (first.size() < most) {
        first.add(new ComparedChild(child.executionId(), child.server(), child.database()));
      }
    }

    Group group() {
      return new Group(size, List.copyOf(first), rowCount);
    }
  }

  /// Takes rows of one child.
  @FunctionalInterface
  private interface Taker {
    void take(RowCursor<? extends Exception> rows) throws Exception;
  }

  /// Hands rows on, and brings back what went wrong with whoever takes them: to the reader of the
  /// table that would be a failure of its own. What goes wrong with reading is its own.
  private static final class Relay {

    private final Taker taker;
    private @Nullable Exception failure;

    Relay(Taker taker) {
      this.taker = taker;
    }

    void hand(RowCursor<? extends Exception> rows) throws Exception {
      Watched watched = new Watched(rows);
      try {
        taker.take(watched);
      } catch (Exception e) {
        failure = watched.failed ? null : e;
        throw e;
      }
    }

    void rethrow() throws Exception {
      if (failure != null) {
        throw failure;
      }
    }
  }

  /// Rows of which somebody has gone to the first already.
  private static final class Begun implements RowCursor<Exception> {

    private final RowCursor<? extends Exception> rows;
    private boolean atFirst = true;

    Begun(RowCursor<? extends Exception> rows) {
      this.rows = rows;
    }

    @Override
    public List<Column> columns() {
      return rows.columns();
    }

    @Override
    public boolean next() throws Exception {
      boolean first = atFirst;
      atFirst = false;
      return first || rows.next();
    }

    @Override
    public byte @Nullable [] value(int index) throws Exception {
      return rows.value(index);
    }
  }

  /// Knows whether reading failed.
  private static final class Watched implements RowCursor<Exception> {

    private final RowCursor<? extends Exception> rows;
    private boolean failed;

    Watched(RowCursor<? extends Exception> rows) {
      this.rows = rows;
    }

    @Override
    public List<Column> columns() {
      return rows.columns();
    }

    @Override
    public boolean next() throws Exception {
      failed = true;
      boolean there = rows.next();
      failed = false;
      return there;
    }

    @Override
    public byte @Nullable [] value(int index) throws Exception {
      failed = true;
      byte[] value = rows.value(index);
      failed = false;
      return value;
    }
  }

  /// Ends a reading of which nothing more is wanted.
  private static final class Enough extends Exception {}
}
