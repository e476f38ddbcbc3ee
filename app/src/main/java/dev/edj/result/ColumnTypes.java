package dev.edj.result;

import dev.edj.engine.rows.ColumnType;
import dev.edj.engine.rows.ColumnType.Kind;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The type of a column that has one type on some databases and another on others.
final class ColumnTypes {

  private static final Set<Kind> WHOLE_NUMBERS =
      EnumSet.of(Kind.SMALLINT, Kind.INTEGER, Kind.BIGINT);
  private static final Set<Kind> FLOATING = EnumSet.of(Kind.REAL, Kind.DOUBLE);

  private ColumnTypes() {}

  /// A type that has all values of both; where there is nothing closer, text.
  static ColumnType merged(ColumnType one, ColumnType other) {
    if (one.equals(other)) {
      return one;
    }
    if (WHOLE_NUMBERS.contains(one.kind()) && WHOLE_NUMBERS.contains(other.kind())) {
      return one.kind().compareTo(other.kind()) > 0 ? one : other;
    }
    if (FLOATING.contains(one.kind()) && FLOATING.contains(other.kind())) {
      return ColumnType.of(Kind.DOUBLE);
    }
    if (isExact(one.kind()) && isExact(other.kind())) {
      return mergedDecimals(asDecimal(one), asDecimal(other));
    }
    return one.kind() == other.kind() ? mergedLimits(one, other) : ColumnType.text(null);
  }

  private static boolean isExact(Kind kind) {
    return kind == Kind.DECIMAL || WHOLE_NUMBERS.contains(kind);
  }

  private static ColumnType asDecimal(ColumnType type) {
    return WHOLE_NUMBERS.contains(type.kind())
        ? ColumnType.decimal(type.kind() == Kind.BIGINT ? 19 : 10, 0)
        : type;
  }

  private static ColumnType mergedDecimals(ColumnType one, ColumnType other) {
    if (one.precision() == null
        || one.scale() == null
        || other.precision() == null
        || other.scale() == null) {
      return ColumnType.of(Kind.DECIMAL);
    }
    int scale = Math.max(one.scale(), other.scale());
    int digits = Math.max(one.precision() - one.scale(), other.precision() - other.scale());
    return ColumnType.decimal(digits + scale, scale);
  }

  private static ColumnType mergedLimits(ColumnType one, ColumnType other) {
    return new ColumnType(
        one.kind(), larger(one.length(), other.length()), null, larger(one.scale(), other.scale()));
  }

  /// Null means no limit.
  private static @Nullable Integer larger(@Nullable Integer one, @Nullable Integer other) {
    return one == null || other == null ? null : Integer.valueOf(Math.max(one, other));
  }
}
