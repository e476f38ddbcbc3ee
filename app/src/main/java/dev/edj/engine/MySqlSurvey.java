package dev.edj.engine;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a session finds out on MySQL and MariaDB.
final class MySqlSurvey {

  private static final String READ_ONLY = "read_only";

  /// Settings that keep everybody from writing, whatever their privileges.
  private static final List<String> FOR_ALL =
      List.of("super_read_only", "innodb_read_only", "transaction_read_only", "tx_read_only");

  private MySqlSurvey() {}

  static Survey of(Connection connection) throws SQLException {
    MySqlGrants grants = MySqlGrants.of(connection);
    List<String> findings = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT VERSION(), DATABASE(), CURRENT_USER()")) {
      row.next();
      String database = row.getString(2);
      findings.add(
          "%s, database '%s', as %s".formatted(row.getString(1), database, row.getString(3)));
      findings.add(
          "by grants on the whole database may create: %s; alter: %s; drop: %s"
              .formatted(
                  Survey.answer(grants.allow("CREATE", database)),
                  Survey.answer(grants.allow("ALTER", database)),
                  Survey.answer(grants.allow("DROP", database))));
    }
    findings.addAll(grants.lines());
    return new Survey(findings, obstacle(settingsThatAreOn(connection), grants));
  }

  private static Optional<String> obstacle(Set<String> on, MySqlGrants grants) {
    return FOR_ALL.stream()
        .filter(on::contains)
        .findFirst()
        .or(() ->
            on.contains(READ_ONLY) && !grants.passReadOnly()
                ? Optional.of(READ_ONLY)
                : Optional.empty())
        .map(setting -> "Nothing can be written here: the server's %s is on.".formatted(setting));
  }

  private static final String SETTINGS =
      """
      SHOW VARIABLES WHERE Variable_name IN
        ('read_only', 'super_read_only', 'innodb_read_only', 'transaction_read_only', 'tx_read_only')
      """;

  private static Set<String> settingsThatAreOn(Connection connection) throws SQLException {
    Set<String> on = new HashSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(SETTINGS)) {
      while (rows.next()) {
        if (!Set.of("OFF", "0").contains(rows.getString(2))) {
          on.add(rows.getString(1));
        }
      }
    }
    return on;
  }
}
