package dev.edj.engine;

import static java.util.Objects.requireNonNullElse;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Asks a server for the names of its databases, once.
final class NameQuery {

  /// Who has more is told so: to leave some out would be to run a script in the others only.
  private static final int MOST_NAMES = 1_000_000;

  private final ServerQuestion question;

  /// @param limit for the answer, from the login on
  NameQuery(Engine engine, ConnectionSettings settings, Duration limit) {
    this.question = new ServerQuestion(engine, settings, limit, "name its databases");
  }

  /// The first column of every row, in the server's order; a null is an empty name.
  List<String> ask(String sql, String... parameters) throws TargetException {
    return question.ask(MOST_NAMES + 1, NameQuery::names, sql, parameters);
  }

  private static List<String> names(ResultSet rows) throws SQLException {
    List<String> names = new ArrayList<>();
    while (rows.next()) {
      if (names.size() == MOST_NAMES) {
        throw new SQLException(
            "there are more than %,d databases; no more are read".formatted(MOST_NAMES));
      }
      names.add(requireNonNullElse(rows.getString(1), ""));
    }
    return List.copyOf(names);
  }
}
