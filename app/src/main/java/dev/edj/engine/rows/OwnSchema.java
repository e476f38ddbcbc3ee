package dev.edj.engine.rows;

import dev.edj.engine.TargetException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// Where the login's tables are when no schema is named. The server is asked once.
final class OwnSchema {

  private final Sql sql;
  private final String question;
  private @Nullable String name;

  /// @param question what the server answers with the schema, or with nothing
  OwnSchema(Sql sql, String question) {
    this.sql = sql;
    this.question = question;
  }

  String name() throws SQLException, TargetException {
    String known = name;
    if (known == null) {
      known =
          sql.lastValue(question)
              .orElseThrow(() ->
                  Fitting.refusal(
                      "the login has no schema of its own here; name the destination's schema"));
      name = known;
    }
    return known;
  }
}
