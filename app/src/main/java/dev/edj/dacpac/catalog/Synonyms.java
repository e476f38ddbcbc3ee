package dev.edj.dacpac.catalog;

import dev.edj.dacpac.catalog.Names.Named;
import dev.edj.dacpac.file.DacpacException;
import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.model.DatabaseObject;
import dev.edj.dacpac.model.Synonym;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// The synonyms.
final class Synonyms {

  private Synonyms() {}

  private static final String SYNONYMS =
      """
      SELECT s.object_id, s.base_object_name
      FROM sys.synonyms s
      """;

  static List<DatabaseObject> read(Scope scope) throws SQLException {
    return scope.query().rows(SYNONYMS, row -> synonym(row, scope)).stream()
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<DatabaseObject> synonym(Row row, Scope scope) throws SQLException {
    String standsFor = row.text("base_object_name");
    return scope
        .names()
        .find(row.number("object_id"))
        .map(named -> synonym(named, standsFor, scope));
  }

  /// In `[Archive]..[Orders]` a part is left out, which is no name of ours.
  private static DatabaseObject synonym(Named named, String standsFor, Scope scope) {
    try {
      return new Synonym(named.name(), ObjectName.parse(standsFor));
    } catch (DacpacException e) {
      return Modules.unmodelled("synonym for " + standsFor, named, scope);
    }
  }
}
