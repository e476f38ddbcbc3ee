package dev.edj.engine.rows;

import dev.edj.engine.ConnectionSettings;
import dev.edj.engine.Engine;
import dev.edj.engine.MariaDb;
import dev.edj.engine.MySql;
import dev.edj.engine.PostgreSql;
import dev.edj.engine.SqlServer;
import dev.edj.engine.TargetError;
import dev.edj.engine.TargetException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/// The part of a store that is the same for all engines: transactions, locks, the table's shape.
final class JdbcRowStore implements RowStore {

  /// Others may change the table at the same time, which is seen by looking again.
  private static final int MOST_CHANGES = 5;

  private static final int PING_SECONDS = 5;

  /// Shapes of tables that are remembered.
  private static final int MOST_FOUND = 100;

  private final Engine engine;
  private final Connection connection;
  private final Destination destination;
  private final WriteLimits limits;
  private final Map<Shape, Found> found = new HashMap<>();
  private volatile boolean aborted;
  private boolean broken;

  /// What a layout was found for.
  private record Shape(RowTable table, List<Column> columns) {}

  /// A layout for the table as it was.
  private record Found(Layout layout, List<TableColumn> there) {}

  private JdbcRowStore(
      Engine engine, Connection connection, Destination destination, WriteLimits limits) {
    this.engine = engine;
    this.connection = connection;
    this.destination = destination;
    this.limits = limits;
  }

  static RowStore open(ConnectionSettings settings, WriteLimits limits) throws TargetException {
    Engine engine = settings.server().engine();
    Connection connection = engine.connect(settings);
    try {
      return new JdbcRowStore(engine, connection, destination(engine, connection, limits), limits);
    } catch (SQLException e) {
      abort(connection);
      throw new TargetException(engine.explain(e).scrubbed(settings.password()));
    }
  }

  private static Destination destination(Engine engine, Connection connection, WriteLimits limits)
      throws SQLException {
    return switch (engine) {
      case PostgreSql _ -> new PostgreSqlDestination(connection, limits);
      case SqlServer _ -> new SqlServerDestination(connection, limits);
      case MySql _, MariaDb _ -> new MySqlDestination(connection, limits);
    };
  }

  @Override
  public void replace(
      RowTable table, RowOrigin origin, RowSpool rows, boolean mayBeThere, BooleanSupplier mayWrite)
      throws TargetException, IOException {
    perform(() -> {
      Shape shape = shape(table, origin, rows.columns());
      Found known = found.get(shape);
      Layout layout = known == null ? layout(shape, mayWrite) : known.layout();
      try {
        write(layout, table, origin, rows, mayBeThere, mayWrite);
      } catch (SQLException e) {
        if (known == null || connection.isClosed() || isStillAsIn(known)) {
          throw e;
        }
        found.remove(shape);
        write(layout(shape, mayWrite), table, origin, rows, mayBeThere, mayWrite);
      }
    });
  }

  private boolean isStillAsIn(Found known) throws SQLException {
    return destination.describe(known.layout().table()).equals(Optional.of(known.there()));
  }

  private Shape shape(RowTable table, RowOrigin origin, List<Column> result)
      throws TargetException {
    if (result.isEmpty()) {
      throw Fitting.refusal("the result has no columns, so there is nothing to collect");
    }
    for (Column column : result) {
      if (OwnColumns.contain(table, column.name())) {
        throw Fitting.refusal(
            "the result has a column '%s', which is one that EDJ adds to the table: give it another name"
                .formatted(column.name()));
      }
    }
    List<Column> columns = new ArrayList<>(OwnColumns.of(table));
    columns.addAll(result);
    return new Shape(table, destination.adapted(columns, origin.server()));
  }

  private void write(
      Layout layout,
      RowTable table,
      RowOrigin origin,
      RowSpool rows,
      boolean mayBeThere,
      BooleanSupplier mayWrite)
      throws SQLException, IOException, TargetException {
    inTransaction(
        lockOf(origin.executionId()),
        mayWrite,
        () -> {
          if (mayBeThere) {
            destination.delete(layout.table(), layout.executionId(), origin.executionId());
          }
          if (rows.count() > 0) {
            String now = table.tellsSource() ? destination.now() : "";
            destination.insert(layout, OwnColumns.values(table, origin, now), rows.readSlices());
          }
        });
  }

  private static String lockOf(UUID executionId) {
    return "rows:" + executionId;
  }

  /// The layout for these columns, for which the table may have to be created or changed.
  private Layout layout(Shape shape, BooleanSupplier mayWrite)
      throws SQLException, IOException, TargetException {
    TableName table = destination.resolve(shape.table());
    for (int attempt = 1; attempt <= MOST_CHANGES; attempt++) {
      Optional<List<TableColumn>> there = destination.describe(table);
      if (there.isPresent()) {
        Fitting fitting = fitting(shape, table, there.get());
        if (fitting.missing().isEmpty()) {
          Layout layout = fitting.layout();
          remember(shape, new Found(layout, there.get()));
          return layout;
        }
      }
      change(shape, table, mayWrite);
    }
    throw new SQLException(
        "the table %s does not get the columns that it is to have, as it is changed by others"
            .formatted(table));
  }

  private void remember(Shape shape, Found one) {
    if (found.size() == MOST_FOUND) {
      found.clear();
    }
    found.put(shape, one);
  }

  private Fitting fitting(Shape shape, TableName table, List<TableColumn> there) {
    RowTable wanted = shape.table();
    return new Fitting(
        destination,
        table,
        wanted.addsColumns(),
        OwnColumns.of(wanted).size(),
        shape.columns(),
        there);
  }

  /// Under a lock of the table's, in a transaction of its own, so that other writers need not wait
  /// for the rows that come after it. Where somebody else was faster all the same, the next look at
  /// the table shows it.
  private void change(Shape shape, TableName table, BooleanSupplier mayWrite)
      throws SQLException, IOException, TargetException {
    Optional<List<TableColumn>> before = destination.describe(table);
    try {
      inTransaction("table:" + table, mayWrite, () -> change(shape, table));
    } catch (SQLException e) {
      if (connection.isClosed() || destination.describe(table).equals(before)) {
        throw e;
      }
    }
  }

  private void change(Shape shape, TableName table) throws SQLException, TargetException {
    Optional<List<TableColumn>> there = destination.describe(table);
    if (there.isEmpty()) {
      destination.create(table, shape.columns());
      return;
    }
    List<Column> missing = fitting(shape, table, there.get()).missing();
    if (!missing.isEmpty()) {
      boolean indexed = missing.getFirst().equals(shape.columns().getFirst());
      destination.add(table, missing, indexed);
    }
  }

  private interface Work {
    void perform() throws SQLException, IOException, TargetException;
  }

  private void inTransaction(String lock, BooleanSupplier mayWrite, Work work)
      throws SQLException, IOException, TargetException {
    if (!begin(lock)) {
      throw new TargetException(TargetError.of(TargetError.Kind.LOCK, complaint(lock), true, null));
    }
    boolean committed = false;
    try {
      if (!mayWrite.getAsBoolean()) {
        throw new TargetException(
            TargetError.of(
                TargetError.Kind.CANCELED,
                "Nothing was written: the work is not this process's any more.",
                false,
                null));
      }
      work.perform();
      destination.commit();
      committed = true;
    } finally {
      if (!committed) {
        rollBack();
      }
    }
  }

  /// What fails in the middle of it leaves a transaction to be ended.
  private boolean begin(String lock) throws SQLException {
    try {
      return destination.begin(lock);
    } catch (SQLException e) {
      rollBack();
      throw e;
    }
  }

  private void rollBack() {
    try {
      if (!connection.isClosed()) {
        destination.rollBack();
      }
    } catch (SQLException e) {
      broken = true; // the server does the same when the session ends
    }
  }

  private String complaint(String lock) {
    return "Another session still writes here: the lock '%s' was not free within %d s.%s"
        .formatted(lock, limits.lockWait().toSeconds(), holder(lock));
  }

  private String holder(String lock) {
    try {
      return destination
          .findHolder(lock)
          .map(holder -> " It is held by " + holder + ".")
          .orElse(" Who holds it, the server does not tell.");
    } catch (SQLException e) {
      return " Who holds it, this login may not see (%s).".formatted(e.getMessage());
    }
  }

  @Override
  public void remove(RowTable table, UUID executionId, BooleanSupplier mayWrite)
      throws TargetException {
    performWithoutFiles(() -> {
      TableName name = destination.resolve(table);
      Optional<List<TableColumn>> there = destination.describe(name);
      if (there.isPresent()) {
        TableColumn id = executionId(name, there.get());
        inTransaction(
            lockOf(executionId), mayWrite, () -> destination.delete(name, id, executionId));
      }
    });
  }

  /// The table is looked for under the lock, because whoever had it may have made it.
  @Override
  public boolean contains(RowTable table, UUID executionId, BooleanSupplier mayWrite)
      throws TargetException {
    boolean[] found = {false};
    performWithoutFiles(() -> {
      TableName name = destination.resolve(table);
      inTransaction(
          lockOf(executionId),
          mayWrite,
          () -> {
            Optional<List<TableColumn>> there = destination.describe(name);
            found[0] =
                there.isPresent()
                    && destination.contains(name, executionId(name, there.get()), executionId);
          });
    });
    return found[0];
  }

  private TableColumn executionId(TableName table, List<TableColumn> there) throws TargetException {
    return there.stream()
        .filter(column -> column.name().equalsIgnoreCase(OwnColumns.EXECUTION_ID))
        .findFirst()
        .orElseThrow(() ->
            Fitting.refusal(
                "the table %s has no column '%s'".formatted(table, OwnColumns.EXECUTION_ID)));
  }

  @Override
  public void read(RowTable table, List<UUID> executionIds, RowReceiver receiver)
      throws TargetException {
    performWithoutFiles(() -> {
      TableName name = destination.resolve(table);
      Optional<List<TableColumn>> there = destination.describe(name);
      if (there.isPresent()) {
        read(
            name,
            collected(table, there.get()),
            executionId(name, there.get()),
            executionIds,
            receiver);
      }
    });
  }

  private static List<TableColumn> collected(RowTable table, List<TableColumn> there) {
    return there.stream().filter(column -> !OwnColumns.contain(table, column.name())).toList();
  }

  private void read(
      TableName table,
      List<TableColumn> columns,
      TableColumn executionId,
      List<UUID> ids,
      RowReceiver receiver)
      throws SQLException {
    try (PreparedStatement query = destination.prepareRead(table, columns, executionId)) {
      for (UUID id : ids) {
        query.setString(1, id.toString());
        try (ResultSet rows = query.executeQuery()) {
          deliver(id, ResultRows.of(engine, rows), receiver);
        }
      }
    } finally {
      if (!connection.isClosed()) {
        destination.endReading();
      }
    }
  }

  private static void deliver(UUID id, RowCursor<SQLException> rows, RowReceiver receiver)
      throws SQLException {
    try {
      receiver.rows(id, rows);
    } catch (SQLException | RuntimeException e) {
      throw e;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void performWithoutFiles(Work work) throws TargetException {
    try {
      perform(work);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void perform(Work work) throws TargetException, IOException {
    try {
      work.perform();
    } catch (SQLException e) {
      throw new TargetException(explain(e));
    }
  }

  private TargetError explain(SQLException failure) {
    TargetError error = engine.explain(failure);
    if (aborted || Thread.currentThread().isInterrupted()) {
      return error.asCanceled();
    }
    return isClosed() ? error.asLost() : error;
  }

  private boolean isClosed() {
    try {
      return connection.isClosed();
    } catch (SQLException e) {
      return true;
    }
  }

  @Override
  public boolean isUsable() {
    try {
      return !broken && !aborted && connection.isValid(PING_SECONDS);
    } catch (SQLException e) {
      return false;
    }
  }

  @Override
  public void abort() {
    aborted = true;
    abort(connection);
  }

  /// Returns at once: MariaDB's driver first tries to tell the server.
  private static void abort(Connection connection) {
    Thread.ofVirtual()
        .name("edj-abort")
        .start(() -> {
          try {
            connection.abort(Runnable::run);
          } catch (SQLException e) {
            // It is broken already, which is what was wanted.
          }
        });
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      // Nothing is left to save: every transaction was committed or rolled back before.
    }
  }
}
