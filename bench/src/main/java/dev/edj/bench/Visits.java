package dev.edj.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/// How often the script of the comparison ran, by what it left in each database.
record Visits(int never, int once, int moreOften) {

  static final String SCRIPT =
      """
      CREATE TABLE IF NOT EXISTS visit (visit_id bigint GENERATED ALWAYS AS IDENTITY, at timestamptz DEFAULT now());
      INSERT INTO visit DEFAULT VALUES;
      SELECT count(*) FROM visit;
      """;

  /// Those there are, forgotten.
  static void forget(TargetServer target, List<String> databases) throws SQLException {
    for (String database : databases) {
      try (Connection connection = connect(target, database);
          Statement statement = connection.createStatement()) {
        statement.execute("TRUNCATE visit");
      }
    }
  }

  static Visits in(TargetServer target, List<String> databases) throws SQLException {
    int never = 0;
    int once = 0;
    int moreOften = 0;
    for (String database : databases) {
      switch (count(target, database)) {
        case 0 -> never++;
        case 1 -> once++;
        default -> moreOften++;
      }
    }
    return new Visits(never, once, moreOften);
  }

  private static int count(TargetServer target, String database) throws SQLException {
    try (Connection connection = connect(target, database);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM visit")) {
      row.next();
      return row.getInt(1);
    }
  }

  private static Connection connect(TargetServer target, String database) throws SQLException {
    return DriverManager.getConnection(target.jdbcUrl(database), target.user(), target.password());
  }

  String text() {
    return "never on %d, once on %d, more often on %d".formatted(never, once, moreOften);
  }
}
