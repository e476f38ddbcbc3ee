package dev.edj.engine.rows;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One row, on which the cursor stands.
record TestRow(List<Column> columns, List<byte @Nullable []> values)
    implements RowCursor<RuntimeException> {

  @Override
  public boolean next() {
    return false;
  }

  @Override
  public byte @Nullable [] value(int index) {
    return values.get(index);
  }
}
