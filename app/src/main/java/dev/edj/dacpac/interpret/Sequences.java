package dev.edj.dacpac.interpret;

import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.interpret.ElementRule.Kind;
import dev.edj.dacpac.model.DataType;
import dev.edj.dacpac.model.Sequence;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/// Sequences of numbers.
final class Sequences {

  static final ElementRule SEQUENCE =
      ElementRule.of("SqlSequence", "a sequence of numbers")
          .properties(
              "StartValue",
              "Increment",
              "MinValue",
              "MaxValue",
              "HasNoMinValue",
              "HasNoMaxValue",
              "IsCycling",
              "CacheSize")
          .relationships("TypeSpecifier", Names.SCHEMA)
          .harmless(Kind.ANNOTATION, Reasons.OF_THE_MOMENT, "OnlinePropertyAnnotation");

  static final List<Handled> HANDLED = List.of(new Handled(SEQUENCE, Sequences::sequence));

  private Sequences() {}

  private static Sequence sequence(Reading reading) throws Refusal {
    ObjectName name = Names.inSchema(reading);
    DataType type =
        reading.relates("TypeSpecifier")
            ? DataTypes.of(reading, "TypeSpecifier")
            : DataType.builtIn("bigint", null, null, null);
    BigDecimal increment = reading.findDecimal("Increment").orElse(BigDecimal.ONE);
    Optional<BigDecimal> minimum = bound(reading, "MinValue", "HasNoMinValue");
    Optional<BigDecimal> maximum = bound(reading, "MaxValue", "HasNoMaxValue");
    if (increment.signum() == 0) {
      throw new Refusal("has the increment 0");
    }
    return new Sequence(
        name,
        type,
        start(reading, type, increment.signum() > 0, minimum, maximum),
        increment,
        minimum.orElse(null),
        maximum.orElse(null),
        reading.flag("IsCycling", false),
        reading.findNumber("CacheSize", 0, Integer.MAX_VALUE).orElse(null));
  }

  private static Optional<BigDecimal> bound(Reading reading, String bound, String none)
      throws Refusal {
    Optional<BigDecimal> value = reading.findDecimal(bound);
    if (reading.flag(none, value.isEmpty()) == value.isPresent()) {
      throw new Refusal("%s and %s do not fit".formatted(bound, none));
    }
    return value;
  }

  /// Where it is not told, a sequence begins at the end from which it goes.
  private static BigDecimal start(
      Reading reading,
      DataType type,
      boolean ascending,
      Optional<BigDecimal> minimum,
      Optional<BigDecimal> maximum)
      throws Refusal {
    Optional<BigDecimal> told = reading.findDecimal("StartValue");
    if (told.isPresent()) {
      return told.get();
    }
    Optional<BigDecimal> end = ascending ? minimum : maximum;
    return end.isPresent() ? end.get() : limit(type, ascending);
  }

  private static BigDecimal limit(DataType type, boolean smallest) throws Refusal {
    if (!type.builtIn()) {
      throw new Refusal("does not say where it starts");
    }
    return switch (type.plainName()) {
      case "tinyint" -> BigDecimal.valueOf(smallest ? 0 : 255);
      case "smallint" -> BigDecimal.valueOf(smallest ? Short.MIN_VALUE : Short.MAX_VALUE);
      case "int" -> BigDecimal.valueOf(smallest ? Integer.MIN_VALUE : Integer.MAX_VALUE);
      case "bigint" -> BigDecimal.valueOf(smallest ? Long.MIN_VALUE : Long.MAX_VALUE);
      case "decimal", "numeric" -> ofDigits(type, smallest);
      default -> throw new Refusal("is of the type %s".formatted(type.plainName()));
    };
  }

  private static BigDecimal ofDigits(DataType type, boolean smallest) throws Refusal {
    if (type.precision() == null) {
      throw new Refusal("does not say where it starts");
    }
    BigDecimal largest = BigDecimal.TEN.pow(type.precision()).subtract(BigDecimal.ONE);
    return smallest ? largest.negate() : largest;
  }
}
