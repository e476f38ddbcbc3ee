package dev.edj.engine.rows;

import static java.util.Objects.requireNonNull;

import dev.edj.engine.TargetException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/// Needs a SQL Server, as `SqlServerTest` does; what a stand-in does otherwise stands beside a
/// comment.
@EnabledIfEnvironmentVariable(
    named = "EDJ_TEST_SQLSERVER_URL",
    matches = ".+",
    disabledReason = "no SQL Server: set EDJ_TEST_SQLSERVER_URL, _USER and _PASSWORD")
class SqlServerRowStoreTest extends RowStoreContract {

  @SuppressWarnings("NullAway.Init")
  private static Site site;

  /// Told as in `SqlServerTest`, and by having no view of locks.
  private static boolean standIn;

  @BeforeAll
  static void createDatabase() throws TargetException {
    site = Site.sqlServer();
    standIn = !hasViewOfLocks();
  }

  private static boolean hasViewOfLocks() {
    try {
      site.values("SELECT TOP (1) 1 FROM sys.dm_tran_locks");
      return true;
    } catch (TargetException e) {
      return false;
    }
  }

  @Override
  Site site() {
    return site;
  }

  @Override
  String quoted(String name) {
    return SqlServerDestination.quoted(name);
  }

  @Override
  String selectIndexes(String table) {
    return "SELECT name FROM sys.indexes WHERE object_id = OBJECT_ID('%s') AND name IS NOT NULL"
        .formatted(table);
  }

  @Override
  String selectTables(String begin) {
    return "SELECT name FROM sys.tables WHERE name LIKE '" + begin + "%'";
  }

  @Override
  String uuid() {
    return "uniqueidentifier";
  }

  @Override
  int longestName() {
    return 128;
  }

  @Override
  String holderWord() {
    return standIn ? "Who holds it" : super.holderWord();
  }

  /// The server has no such limit.
  @Override
  boolean endsSilentSessions() {
    return false;
  }

  @Override
  boolean allows(String name) {
    return !standIn || (!name.contains("]") && name.length() < 64);
  }

  /// A stand-in adds a hash to it.
  @Override
  String indexOf(RowTable table) throws TargetException {
    String name = super.indexOf(table);
    return standIn
        ? requireNonNull(values(selectIndexes(table.name())).getFirst().getFirst())
        : name;
  }

  @Override
  String integer() {
    return "int";
  }

  @Override
  String destinationType(ColumnType type) {
    return TypeNames.sqlServer(type);
  }
}
