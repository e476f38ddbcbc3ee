package dev.edj.engine;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What MySQL and MariaDB say that a login was granted, role by role and pattern by pattern.
///
/// @param lines as `SHOW GRANTS` has them, without what they tell of the password
record MySqlGrants(List<String> lines) {

  private static final Pattern CREDENTIALS =
      Pattern.compile("\\s+IDENTIFIED\\b.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private static final Pattern GRANT =
      Pattern.compile("GRANT (.+?) ON (?:(\\*)|`((?:[^`]|``)+)`)\\.\\* TO .*", Pattern.DOTALL);

  private static final String ALL = "ALL PRIVILEGES";

  /// Who has one of these may write although the server is set to `read_only`.
  private static final Set<String> PASSES_READ_ONLY =
      Set.of(ALL, "SUPER", "CONNECTION_ADMIN", "READ_ONLY ADMIN", "READ ONLY ADMIN");

  static MySqlGrants of(Connection connection) throws SQLException {
    List<String> lines = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SHOW GRANTS")) {
      while (rows.next()) {
        lines.add(CREDENTIALS.matcher(rows.getString(1)).replaceFirst(""));
      }
    }
    return new MySqlGrants(lines);
  }

  /// Whether a grant on the whole database, or on all, has the privilege.
  boolean allow(String privilege, String database) {
    return has(Set.of(ALL, privilege), database);
  }

  boolean passReadOnly() {
    return has(PASSES_READ_ONLY, "");
  }

  private boolean has(Set<String> any, String database) {
    for (String line : lines) {
      Matcher grant = GRANT.matcher(line);
      if (grant.matches()
          && (grant.group(2) != null || matches(grant.group(3), database))
          && List.of(grant.group(1).split(", ")).stream().anyMatch(any::contains)) {
        return true;
      }
    }
    return false;
  }

  /// A database's name in a grant is a pattern of `LIKE`.
  private static boolean matches(String pattern, String database) {
    StringBuilder expression = new StringBuilder();
    String text = pattern.replace("``", "`");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        expression.append(Pattern.quote(text.substring(i + 1, i + 2)));
        i++;
      } else {
        expression.append(c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(String.valueOf(c)));
      }
    }
    return database.matches(expression.toString());
  }
}
