package dev.edj.engine.rows;

import org.jspecify.annotations.Nullable;

/// A column's type, in words that all engines can be told in.
///
/// @param length the most characters ([Kind#TEXT]) or bytes ([Kind#BINARY]); null means no limit
/// @param precision the most digits of a [Kind#DECIMAL]; null means no limit
/// @param scale the digits behind the point of a [Kind#DECIMAL], or of the seconds of a
///   [Kind#TIME], [Kind#TIMESTAMP] or [Kind#TIMESTAMP_WITH_ZONE]; null means as many as there are
public record ColumnType(
    Kind kind, @Nullable Integer length, @Nullable Integer precision, @Nullable Integer scale) {

  /// What values are, and their text, in UTF-8, while they are in no engine.
  public enum Kind {
    /// `true` or `false`.
    BOOLEAN,
    /// 16 bits, signed, in decimal digits.
    SMALLINT,
    /// 32 bits.
    INTEGER,
    /// 64 bits.
    BIGINT,
    /// Digits with a point and without an exponent; also `NaN`, `Infinity` and `-Infinity`, which
    /// only PostgreSQL has.
    DECIMAL,
    /// IEEE 754, 32 bits: the shortest decimal number that is read back as the same; `NaN`,
    /// `Infinity`, `-Infinity`.
    REAL,
    /// 64 bits.
    DOUBLE,
    TEXT,
    /// The bytes themselves, no text.
    BINARY,
    /// `2026-11-22`.
    DATE,
    /// `13:05:00.25`.
    TIME,
    /// `2026-11-22 13:05:00.25`, without a zone.
    TIMESTAMP,
    /// `2026-11-22 13:05:00.25+01:00`.
    TIMESTAMP_WITH_ZONE,
    /// 36 characters, in lower case.
    UUID,
    JSON,
    XML
  }

  public static ColumnType of(Kind kind) {
    return new ColumnType(kind, null, null, null);
  }

  public static ColumnType text(@Nullable Integer length) {
    return new ColumnType(Kind.TEXT, length, null, null);
  }

  public static ColumnType binary(@Nullable Integer length) {
    return new ColumnType(Kind.BINARY, length, null, null);
  }

  public static ColumnType decimal(@Nullable Integer precision, @Nullable Integer scale) {
    return new ColumnType(Kind.DECIMAL, null, precision, scale);
  }

  /// A type with seconds.
  public static ColumnType time(Kind kind, @Nullable Integer scale) {
    return new ColumnType(kind, null, null, scale);
  }
}
