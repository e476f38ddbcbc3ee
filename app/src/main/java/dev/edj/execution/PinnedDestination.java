package dev.edj.execution;

import dev.edj.engine.rows.RowTable;
import org.jdbi.v3.core.mapper.PropagateNull;
import org.jspecify.annotations.Nullable;

/// A step's destination as its run pinned it.
///
/// @param schema null means the login's own
/// @param addsColumns whether columns that the table does not have are added to it
/// @param tellsSource whether each row tells where and when it comes from
@PropagateNull("serverId") // A step without a server has no destination.
public record PinnedDestination(
    int serverId,
    String database,
    @Nullable String schema,
    String table,
    long credentialId,
    boolean addsColumns,
    boolean tellsSource) {

  /// As an engine knows it.
  public RowTable rowTable() {
    return new RowTable(schema, table, addsColumns, tellsSource);
  }
}
