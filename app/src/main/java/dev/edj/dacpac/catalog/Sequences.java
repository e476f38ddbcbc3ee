package dev.edj.dacpac.catalog;

import dev.edj.dacpac.catalog.Names.Named;
import dev.edj.dacpac.model.DataType;
import dev.edj.dacpac.model.Sequence;
import dev.edj.dacpac.model.SequenceBounds;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The sequences.
final class Sequences {

  private Sequences() {}

  private static final String SEQUENCES =
      """
      SELECT s.object_id, s.user_type_id, s.precision, s.scale, t.name AS base_name,
        CAST(s.start_value AS DECIMAL(38, 0)) AS start,
        CAST(s.increment AS DECIMAL(38, 0)) AS increment,
        CAST(s.minimum_value AS DECIMAL(38, 0)) AS minimum,
        CAST(s.maximum_value AS DECIMAL(38, 0)) AS maximum,
        s.is_cycling, s.is_cached, s.cache_size
      FROM sys.sequences s
      JOIN sys.types t ON t.user_type_id = s.system_type_id
      """;

  static List<Sequence> read(Scope scope) throws SQLException {
    return scope.query().rows(SEQUENCES, row -> sequence(row, scope)).stream()
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<Sequence> sequence(Row row, Scope scope) throws SQLException {
    Named named = scope.names().find(row.number("object_id")).orElse(null);
    return named == null ? Optional.empty() : Optional.of(sequence(row, named, scope));
  }

  private static Sequence sequence(Row row, Named named, Scope scope) throws SQLException {
    int precision = row.number("precision");
    DataType type = scope.types().of(row.number("user_type_id"), 0, precision, row.number("scale"));
    SequenceBounds bounds = SequenceBounds.of(row.text("base_name"), precision);
    return new Sequence(
        named.name(),
        type,
        decimal(row, "start"),
        decimal(row, "increment"),
        otherThan(bounds.minimum(), decimal(row, "minimum")),
        otherThan(bounds.maximum(), decimal(row, "maximum")),
        row.flag("is_cycling"),
        row.flag("is_cached") ? row.numberOrNull("cache_size") : Integer.valueOf(0));
  }

  private static BigDecimal decimal(Row row, String column) throws SQLException {
    BigDecimal value = row.decimalOrNull(column);
    if (value == null) {
      throw new SQLException("a sequence has no " + column);
    }
    return value;
  }

  private static @Nullable BigDecimal otherThan(BigDecimal ofType, BigDecimal value) {
    return value.compareTo(ofType) == 0 ? null : value;
  }
}
