package dev.edj.engine.rows;

import org.jspecify.annotations.Nullable;

/// The table that takes the rows of many child executions.
///
/// @param schema null means the login's own on PostgreSQL and SQL Server; MySQL and MariaDB have no
///   schemas, and a name here is refused
/// @param addsColumns whether columns that the table does not have are added to it; else they are a
///   failure
/// @param tellsSource whether the table has, or gets, `source_server`, `source_database` and
///   `collected_at`
public record RowTable(
    @Nullable String schema, String name, boolean addsColumns, boolean tellsSource) {}
