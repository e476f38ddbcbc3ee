package dev.edj.dacpac.model;

import java.math.BigDecimal;

/// The least and the greatest value of a type that a sequence may have.
public record SequenceBounds(BigDecimal minimum, BigDecimal maximum) {

  /// Finds those of a type.
  ///
  /// @param type built-in, in lower case
  /// @param precision of decimal types
  public static SequenceBounds of(String type, int precision) {
    return switch (type) {
      case "tinyint" -> of(0, 255);
      case "smallint" -> of(Short.MIN_VALUE, Short.MAX_VALUE);
      case "int" -> of(Integer.MIN_VALUE, Integer.MAX_VALUE);
      case "bigint" -> of(Long.MIN_VALUE, Long.MAX_VALUE);
      default -> {
        BigDecimal maximum = BigDecimal.TEN.pow(precision).subtract(BigDecimal.ONE);
        yield new SequenceBounds(maximum.negate(), maximum);
      }
    };
  }

  private static SequenceBounds of(long minimum, long maximum) {
    return new SequenceBounds(BigDecimal.valueOf(minimum), BigDecimal.valueOf(maximum));
  }
}
