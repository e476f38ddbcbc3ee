package dev.edj.engine.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.engine.TargetError;
import dev.edj.engine.TargetException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

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

  @Test
  void aRowThatTheServerDoesNotTakeAtOnceIsRefusedWithItsLongestColumn() throws Exception {
    List<Column> columns =
        List.of(
            new Column("a", ColumnType.text(null)),
            new Column("b", ColumnType.text(null)),
            new Column("c", ColumnType.text(null)));
    String text = "x".repeat(mostBytes() / 3);
    RowTable table = newTable();
    TargetError error = failure(table, spool(columns, text, text + "'", text));
    assertThat(error.message()).contains("column 'b'", "max_allowed_packet");
    assertThat(error.transientFailure()).isFalse();
    UUID child = UUID.randomUUID();
    write(table, child, spool(columns, text, text, "x"));
    assertThat(stored(table, child)).hasSize(1);
  }

  private int mostBytes() throws TargetException {
    return Integer.parseInt(
        String.valueOf(values("SELECT @@max_allowed_packet").getFirst().getFirst()));
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
