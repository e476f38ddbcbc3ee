package dev.edj.engine;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The ledger of a target database: a table of EDJ's own, with one row for each execution whose
/// work is there because one transaction wrote both.
///
/// The row is written when the transaction begins and marked as ended right before its commit. So a
/// committed row without the mark tells that the script ended the transaction in its middle, even
/// when nobody lived to tell.
final class Ledger {

  private final Connection connection;
  private final LedgerSql sql;

  Ledger(Connection connection, LedgerSql sql) {
    this.connection = connection;
    this.sql = sql;
  }

  /// Creates the table unless it is there; returns what is wrong with it, or an empty text. A login
  /// that may not create it needs no more than a table that an administrator made.
  String open() throws SQLException {
    Optional<String> flaw = inspect();
    if (flaw.isPresent()) {
      return flaw.get();
    }
    SQLException failure = null;
    try (Statement statement = connection.createStatement()) {
      for (String create : sql.create()) {
        try {
          statement.execute(create);
        } catch (SQLException e) {
          // Another execution may have been faster, with this part or with all of it.
          failure = e;
        }
      }
    }
    flaw = inspect(); // what was there first may be somebody else's
    if (flaw.isEmpty()) {
      throw failure == null ? new SQLException(table() + " was created and is not there") : failure;
    }
    return flaw.get();
  }

  /// What is wrong with the table; an empty text when nothing is, and nothing when it is not there.
  Optional<String> inspect() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql.inspect())) {
      return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
    }
  }

  /// Whether this login may create the table; empty where its server does not tell.
  Optional<Boolean> mayBeCreated() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql.mayCreate())) {
      row.next();
      boolean may = row.getBoolean(1);
      return row.wasNull() ? Optional.empty() : Optional.of(may);
    }
  }

  Optional<LedgerEntry> find(UUID executionId) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql.find())) {
      statement.setString(1, executionId.toString());
      try (ResultSet row = statement.executeQuery()) {
        return row.next()
            ? Optional.of(
                new LedgerEntry(executionId, row.getInt(1), row.getString(2), row.getString(3)))
            : Optional.empty();
      }
    }
  }

  /// Removes rows that are too old for any attempt to ask for. One by one, so that they are the
  /// only ones locked.
  void prune() throws SQLException {
    List<String> outdated = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql.outdated())) {
      while (rows.next()) {
        outdated.add(rows.getString(1));
      }
    }
    for (String executionId : outdated) {
      update(sql.delete(), executionId);
    }
  }

  /// Returns whether the row is there, and the only one.
  boolean insert(LedgerEntry entry) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql.insert())) {
      statement.setString(1, entry.executionId().toString());
      statement.setInt(2, entry.attempt());
      statement.setString(3, entry.content());
      return written(statement) == 1;
    }
  }

  /// Returns whether there was one row to mark.
  boolean finish(UUID executionId) throws SQLException {
    return update(sql.finish(), executionId.toString()) == 1;
  }

  String table() {
    return sql.table();
  }

  private int update(String update, String executionId) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(update)) {
      statement.setString(1, executionId);
      return written(statement);
    }
  }

  /// How many rows it wrote: those it returns, where it returns any.
  private static int written(PreparedStatement statement) throws SQLException {
    if (!statement.execute()) {
      return statement.getUpdateCount();
    }
    int rows = 0;
    try (ResultSet written = statement.getResultSet()) {
      while (written.next()) {
        rows++;
      }
    }
    return rows;
  }
}
