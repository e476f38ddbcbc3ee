package dev.edj.result;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.edj.engine.rows.Column;
import dev.edj.engine.rows.RowCursor;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows that a test has at hand: texts are taken as they are, byte arrays too.
public final class ListCursor implements RowCursor<RuntimeException> {

  private final List<Column> columns;
  private final Iterator<List<@Nullable Object>> rows;
  private List<@Nullable Object> row = List.of();

  private ListCursor(List<Column> columns, List<List<@Nullable Object>> rows) {
    this.columns = columns;
    this.rows = rows.iterator();
  }

  public static ListCursor of(List<Column> columns, List<List<@Nullable Object>> rows) {
    return new ListCursor(columns, rows);
  }

  public static List<@Nullable Object> row(@Nullable Object... values) {
    return Arrays.asList(values);
  }

  @Override
  public List<Column> columns() {
    return columns;
  }

  @Override
  public boolean next() {
    if (!rows.hasNext()) {
      return false;
    }
    row = rows.next();
    return true;
  }

  @Override
  public byte @Nullable [] value(int index) {
    return switch (row.get(index)) {
      case null -> null;
      case byte[] bytes -> bytes;
      case Object text -> text.toString().getBytes(UTF_8);
    };
  }
}
