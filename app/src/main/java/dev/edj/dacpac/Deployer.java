package dev.edj.dacpac;

import dev.edj.dacpac.file.DacpacException;
import dev.edj.dacpac.model.Database;
import dev.edj.dacpac.plan.PublishOptions;
import java.sql.Connection;
import java.sql.SQLException;

/// Finds out what has to be done to a database so that it becomes what a package describes. It
/// changes no database itself. Safe for many threads.
public interface Deployer {

  /// What the package describes: a database that it was deployed to, whose renames are done.
  ///
  /// @throws DacpacException when it holds what cannot be deployed with these options; the message
  ///   lists all of it
  Database interpret(Dacpac source, PublishOptions options) throws DacpacException;

  /// Refuses a server that the package is not made for.
  void requireFits(Dacpac source, PublishOptions options, Platform.Server server)
      throws DacpacException;

  /// What a SQL Server's database is.
  Database read(Connection connection) throws SQLException;

  /// What has to be done to `target`.
  ///
  /// @param databaseName of the target
  /// @throws DacpacException when that cannot be done
  PlannedDeployment plan(
      Dacpac source, PublishOptions options, Database target, String databaseName)
      throws DacpacException;
}
