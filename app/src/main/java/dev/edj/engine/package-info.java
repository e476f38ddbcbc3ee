/// The engines EDJ can reach: connecting, one session per attempt, locks, errors, databases.
///
/// Start reading at [dev.edj.engine.Engine]. Everything that differs between SQL Server,
/// PostgreSQL, MySQL and MariaDB is in this package and nowhere else; what a person has to know
/// about it is in `docs/reference/engines.md`.
@NullMarked
package dev.edj.engine;

import org.jspecify.annotations.NullMarked;
