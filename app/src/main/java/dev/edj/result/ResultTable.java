package dev.edj.result;

import dev.edj.engine.rows.Column;
import dev.edj.engine.rows.RowCursor;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One table for the results of all children: first where a row is from, then the columns of all of
/// them, by name.
final class ResultTable {

  private static final int MOST_COLUMNS = 10_000;

  private final Origin origin;
  private final List<Column> columns = new ArrayList<>();
  private final Map<String, Integer> places = new HashMap<>();

  /// @param headers the lists of columns that there are
  ResultTable(Origin origin, List<List<Column>> headers) {
    this.origin = origin;
    headers.forEach(this::add);
  }

  private void add(List<Column> header) {
    List<String> names = ColumnNames.unique(header, origin.names());
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      Column column = new Column(name, header.get(i).type());
      Integer place = places.putIfAbsent(ColumnNames.key(name), columns.size());
      if (place == null) {
        columns.add(column);
      } else {
        Column known = columns.get(place);
        columns.set(
            place, new Column(known.name(), ColumnTypes.merged(known.type(), column.type())));
      }
    }
    if (columns.size() > MOST_COLUMNS) {
      throw EdjException.invalid(
          "format",
          "the databases returned more than %,d different columns, too many for one table; ask for"
                  .formatted(MOST_COLUMNS)
              + " rows or jsonl, or for some of the databases");
    }
  }

  /// The columns of the results, without those that say where a row is from.
  List<Column> columns() {
    return columns;
  }

  /// For each column of a child the place that it has in this table.
  int[] placesOf(ChildResult child) {
    return ColumnNames.unique(child.columns(), origin.names()).stream()
        .mapToInt(name -> {
          Integer place = places.get(ColumnNames.key(name));
          if (place == null) {
            throw new EdjException(
                ErrorCode.NOT_ENDED,
                null,
                ("database '%s' on %s returned a column '%s' that no other had before; ask again when"
                        + " the execution has ended")
                    .formatted(child.database(), child.server(), name));
          }
          return place;
        })
        .toArray();
  }

  /// The values of the row on which the cursor stands, in the order of this table's columns: a
  /// column that the child does not have is NULL, bytes in a column that is none of bytes are
  /// base64.
  byte[] @Nullable [] values(ChildResult child, int[] placesOf, RowCursor<? extends Exception> row)
      throws Exception {
    byte[] @Nullable [] values = new byte[columns.size()][];
    for (int i = 0; i < placesOf.length; i++) {
      byte[] value = row.value(i);
      boolean asText =
          value != null
              && Values.isBinary(child.columns().get(i))
              && !Values.isBinary(columns.get(placesOf[i]));
      values[placesOf[i]] = asText ? Base64.getEncoder().encode(value) : value;
    }
    return values;
  }

  /// Which columns say where a row is from.
  ///
  /// @param withStep whether several steps are in one table
  record Origin(boolean withStep) {

    List<String> names() {
      return withStep ? List.of("step", "server", "database") : List.of("server", "database");
    }

    List<String> values(ChildResult child) {
      return withStep
          ? List.of(child.step(), child.server(), child.database())
          : List.of(child.server(), child.database());
    }

    List<byte[]> bytes(ChildResult child) {
      return values(child).stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
    }
  }
}
