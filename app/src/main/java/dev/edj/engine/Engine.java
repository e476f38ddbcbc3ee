package dev.edj.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A kind of database server that scripts can be run on.
public sealed interface Engine permits SqlServer, PostgreSql, MySqlFamily {

  /// All engines; the first is the one meant when a server name has no scheme.
  List<Engine> ALL = List.of(new SqlServer(), new PostgreSql(), new MySql(), new MariaDb());

  /// What stands before `://` in a server name.
  String scheme();

  int defaultPort();

  /// The rules by which scripts are split: `SQL_SERVER`, `POSTGRESQL` or `MYSQL`.
  String dialect();

  /// The words of the batch that cannot be part of the one transaction exactly once demands, as far
  /// as words show it; known without a server.
  Optional<String> findTransactionEnd(String batch);

  /// Connects and logs in. Ends within [ConnectionSettings#totalTimeout()] whatever the server
  /// does, and at once when the calling thread is interrupted (kind `CANCELED`, interrupt flag
  /// kept).
  TargetSession open(ConnectionSettings settings) throws TargetException;

  /// The databases of a server that accept connections, those of the system among them, in the
  /// server's order of names and as the server tells them. The database named in the settings is
  /// not used.
  ///
  /// @param limit for the answer, from the login on
  List<String> listDatabases(ConnectionSettings settings, Duration limit) throws TargetException;

  /// How far the server's clock is ahead of this machine's, to some milliseconds. The database
  /// named in the settings is not used.
  ///
  /// @param limit for the answer, from the login on
  Duration clockAhead(ConnectionSettings settings, Duration limit) throws TargetException;

  /// Whether a database is the engine's own, and no target unless it is asked for.
  boolean isSystemDatabase(String name);

  /// Whether the tables of a database are in schemas.
  boolean hasSchemas();

  /// Why no database, schema or table can have this name; empty when one can. A server may cut one
  /// that is too long without a word, and so take it for another.
  Optional<String> findNameFault(String name);

  /// A plain connection, in auto-commit mode, for what is read beside scripts. Ends as [#open]
  /// does; whoever calls it closes the connection.
  Connection connect(ConnectionSettings settings) throws TargetException;

  /// What a failure of such a connection means.
  TargetError explain(SQLException failure);
}
