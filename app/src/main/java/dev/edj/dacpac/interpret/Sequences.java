package dev.edj.dacpac.interpret;

import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.interpret.ElementRule.Kind;
import dev.edj.dacpac.model.DataType;
import dev.edj.dacpac.model.Sequence;
import dev.edj.dacpac.model.SequenceBounds;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
    Optional<SequenceBounds> ofType = bounds(type);
    BigDecimal increment = reading.findDecimal("Increment").orElse(BigDecimal.ONE);
    Optional<BigDecimal> minimum = bound(reading, "MinValue", "HasNoMinValue");
    Optional<BigDecimal> maximum = bound(reading, "MaxValue", "HasNoMaxValue");
    if (increment.signum() == 0) {
      throw new Refusal("has the increment 0");
    }
    return new Sequence(
        name,
        type,
        start(reading, increment.signum() > 0, ofType, minimum, maximum),
        increment,
        otherThan(ofType.map(SequenceBounds::minimum), minimum),
        otherThan(ofType.map(SequenceBounds::maximum), maximum),
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

  /// A server does not tell whether somebody wrote the type's own bound, or none.
  private static @Nullable BigDecimal otherThan(
      Optional<BigDecimal> ofType, Optional<BigDecimal> value) {
    return value
        .filter(told -> ofType.filter(own -> own.compareTo(told) == 0).isEmpty())
        .orElse(null);
  }

  /// Where it is not told, a sequence begins at the end from which it goes.
  private static BigDecimal start(
      Reading reading,
      boolean ascending,
      Optional<SequenceBounds> ofType,
      Optional<BigDecimal> minimum,
      Optional<BigDecimal> maximum)
      throws Refusal {
    Optional<BigDecimal> end =
        ascending
            ? minimum.or(() -> ofType.map(SequenceBounds::minimum))
            : maximum.or(() -> ofType.map(SequenceBounds::maximum));
    return reading
        .findDecimal("StartValue")
        .or(() -> end)
        .orElseThrow(() -> new Refusal("does not say where it starts"));
  }

  /// None of an alias type.
  private static Optional<SequenceBounds> bounds(DataType type) throws Refusal {
    if (!type.builtIn()) {
      return Optional.empty();
    }
    return switch (type.plainName()) {
      case "tinyint", "smallint", "int", "bigint" ->
          Optional.of(SequenceBounds.of(type.plainName(), 0));
      case "decimal", "numeric" ->
          Optional.of(
              SequenceBounds.of(type.plainName(), Objects.requireNonNull(type.precision())));
      default -> throw new Refusal("is of the type %s".formatted(type.plainName()));
    };
  }
}
