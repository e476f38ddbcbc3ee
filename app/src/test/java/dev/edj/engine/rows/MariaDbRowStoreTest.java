package dev.edj.engine.rows;

import org.junit.jupiter.api.BeforeAll;

class MariaDbRowStoreTest extends RowStoreContract {

  @SuppressWarnings("NullAway.Init")
  private static Site site;

  @BeforeAll
  static void createDatabase() {
    site = Site.mariaDb();
  }

  @Override
  Site site() {
    return site;
  }

  @Override
  String quoted(String name) {
    return MySqlDestination.quoted(name);
  }

  @Override
  String selectIndexes(String table) {
    return "SELECT DISTINCT INDEX_NAME FROM information_schema.STATISTICS"
        + " WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = '%s'".formatted(table);
  }

  @Override
  String selectTables(String begin) {
    return "SELECT TABLE_NAME FROM information_schema.TABLES"
        + " WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME LIKE '%s%%'".formatted(begin);
  }

  @Override
  String uuid() {
    return "char(36)";
  }

  @Override
  int longestName() {
    return 64;
  }

  /// As the server shows it.
  @Override
  String integer() {
    return "int(11)";
  }

  /// What is called `real` there has 64 bits.
  @Override
  String single() {
    return "float";
  }

  @Override
  String destinationType(ColumnType type) {
    return TypeNames.mySql(type);
  }
}
