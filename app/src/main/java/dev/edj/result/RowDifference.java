package dev.edj.result;

import dev.edj.engine.rows.Column;
import dev.edj.engine.rows.ColumnType.Kind;
import dev.edj.engine.rows.RowCursor;
import dev.edj.engine.rows.RowDigest;
import dev.edj.result.Comparison.Difference;
import dev.edj.result.Comparison.LoneRows;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// How one child's result differs from another's. Rows have no order, so they are compared as
/// multisets: "there" is read first, and of each row is noted, by a hash, how often it occurs;
/// "here" is held against that; then "there" is read again for the rows that were left over.
final class RowDifference {

  /// Beyond that only the first rows are compared: what is noted of each is in memory.
  private static final int MOST_ROWS = 100_000;

  private static final int MOST_SHOWN = 20;

  private final StepResults results;
  private final UUID here;
  private final UUID there;
  private final Map<RowHash, Integer> left = new HashMap<>();
  private boolean firstRowsOnly;

  RowDifference(StepResults results, UUID here, UUID there) {
    this.results = results;
    this.here = here;
    this.there = there;
  }

  Difference find() throws Exception {
    Map<String, Column> columnsHere = columns(here);
    Map<String, Column> columnsThere = columns(there);
    List<String> common = columnsThere.keySet().stream().filter(columnsHere::containsKey).toList();
    Lone onlyHere = new Lone();
    Lone onlyThere = new Lone();
    if (!common.isEmpty()) {
      read(there, common, row -> left.merge(row.hash(), 1, Integer::sum));
      read(here, common, row -> onlyHere.addUnless(isLeft(row.hash()), row));
      read(there, common, row -> onlyThere.addUnless(!isLeft(row.hash()), row));
    }
    return new Difference(
        names(columnsThere, common::contains),
        names(columnsHere, key -> !columnsThere.containsKey(key)),
        names(columnsThere, key -> !columnsHere.containsKey(key)),
        names(
            columnsThere,
            key ->
                columnsHere.containsKey(key) && kind(columnsHere, key) != kind(columnsThere, key)),
        onlyHere.rows(),
        onlyThere.rows(),
        firstRowsOnly);
  }

  private static List<String> names(Map<String, Column> columns, Predicate<String> wanted) {
    return columns.entrySet().stream()
        .filter(column -> wanted.test(column.getKey()))
        .map(column -> column.getValue().name())
        .toList();
  }

  private static Kind kind(Map<String, Column> columns, String key) {
    return Objects.requireNonNull(columns.get(key)).type().kind();
  }

  /// By their names in lower case, in their order.
  private Map<String, Column> columns(UUID child) throws Exception {
    List<ChildResult> found = new ArrayList<>(1);
    results.read(child, (result, _) -> found.add(result));
    if (found.isEmpty()) {
      throw KeptResults.removed();
    }
    firstRowsOnly |= found.getFirst().truncated();
    return columns(found.getFirst());
  }

  private static Map<String, Column> columns(ChildResult result) {
    Map<String, Column> columns = new LinkedHashMap<>();
    List<String> names = ColumnNames.unique(result.columns(), List.of());
    for (int i = 0; i < names.size(); i++) {
      columns.put(
          ColumnNames.key(names.get(i)), new Column(names.get(i), result.columns().get(i).type()));
    }
    return columns;
  }

  /// @param keys of the columns that are looked at
  private void read(UUID child, List<String> keys, RowTaker taker) throws Exception {
    results.read(
        child,
        (result, rows) -> {
          Map<String, Column> columns = columns(result);
          List<String> all = List.copyOf(columns.keySet());
          List<Column> wanted =
              keys.stream().map(key -> Objects.requireNonNull(columns.get(key))).toList();
          int[] places = keys.stream().mapToInt(all::indexOf).toArray();
          for (int n = 0; rows.next(); n++) {
            if (n == MOST_ROWS) {
              firstRowsOnly = true;
              return;
            }
            taker.take(new Row(wanted, values(rows, places)));
          }
        });
  }

  private static byte[] @Nullable [] values(RowCursor<? extends Exception> rows, int... places)
      throws Exception {
    byte[] @Nullable [] values = new byte[places.length][];
    for (int i = 0; i < places.length; i++) {
      values[i] = rows.value(places[i]);
    }
    return values;
  }

  /// Whether "there" has the row once more than it was met; then it is met.
  private boolean isLeft(RowHash row) {
    Integer count = left.get(row);
    if (count == null) {
      return false;
    }
    if (count == 1) {
      left.remove(row);
    } else {
      left.put(row, count - 1);
    }
    return true;
  }

  @FunctionalInterface
  private interface RowTaker {
    void take(Row row);
  }

  /// Half of a row's digest: rows are the same here when they are for whole results.
  private record RowHash(long first, long second) {}

  /// The values that both sides have.
  private static final class Row implements RowCursor<RuntimeException> {

    private final List<Column> columns;
    private final byte[] @Nullable [] values;

    Row(List<Column> columns, byte[] @Nullable [] values) {
      this.columns = columns;
      this.values = values;
    }

    @Override
    public List<Column> columns() {
      return columns;
    }

    @Override
    public boolean next() {
      throw new IllegalStateException("stands on its row");
    }

    @Override
    public byte @Nullable [] value(int index) {
      return values[index];
    }

    RowHash hash() {
      RowDigest digest = new RowDigest(columns);
      digest.add(this);
      ByteBuffer value = ByteBuffer.wrap(digest.value());
      return new RowHash(value.getLong(), value.getLong());
    }

    List<@Nullable String> texts() {
      List<@Nullable String> texts = new ArrayList<>(values.length);
      for (int i = 0; i < values.length; i++) {
        texts.add(Values.beginning(columns.get(i), values[i]));
      }
      return texts;
    }
  }

  /// Rows that one side has alone.
  private static final class Lone {

    private final List<List<@Nullable String>> first = new ArrayList<>();
    private long count;

    void addUnless(boolean isOnBothSides, Row row) {
      if (isOnBothSides) {
        return;
      }
      count++;
      if (first.size() < MOST_SHOWN) {
        first.add(row.texts());
      }
    }

    LoneRows rows() {
      return new LoneRows(count, first);
    }
  }
}
