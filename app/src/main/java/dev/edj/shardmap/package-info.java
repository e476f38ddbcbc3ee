/// Shard maps: the databases that the shard map manager of the Elastic Database tools lists, read
/// straight from its tables.
///
/// Start reading at [dev.edj.shardmap.ShardMapReader]. The tables are those that the tools make in
/// SQL Server; the same tables in PostgreSQL, MySQL and MariaDB are understood too. What they have
/// to look like there, and which permissions are needed, is in docs/reference/shard-maps.md.
///
/// The tables are read, not the tools' stored procedures called: their columns have been the same
/// in every version of the store, they exist in the other engines, and SELECT is all the permission
/// that a login needs.
@NullMarked
package dev.edj.shardmap;

import org.jspecify.annotations.NullMarked;
