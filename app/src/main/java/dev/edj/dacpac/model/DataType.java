package dev.edj.dacpac.model;

import dev.edj.dacpac.file.ObjectName;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The type of a column, a parameter or a sequence.
///
/// A type has one form: `float(24)` is `real`, any other `float` has the precision 53, `rowversion`
/// is `timestamp`, and `dec` and `numeric` stay what they are written as, which the server keeps
/// apart.
///
/// @param name of a built-in type its one part in lower case, such as `[nvarchar]`; of another its
///   schema and name
/// @param length in characters, of binary types in bytes; [#MAX] for `max`; absent where the type
///   has none
/// @param scale digits after the point or of fractions of a second; absent where the type has none
public record DataType(
    ObjectName name,
    boolean builtIn,
    @Nullable Integer length,
    @Nullable Integer precision,
    @Nullable Integer scale) {

  /// The length of `varchar(max)` and its like.
  public static final int MAX = -1;

  public static DataType builtIn(
      String name, @Nullable Integer length, @Nullable Integer precision, @Nullable Integer scale) {
    String folded = name.toLowerCase(Locale.ROOT);
    return switch (folded) {
      case "float" ->
          precision != null && precision <= 24
              ? new DataType(ObjectName.of("real"), true, null, null, null)
              : new DataType(ObjectName.of("float"), true, null, 53, null);
      case "rowversion" -> new DataType(ObjectName.of("timestamp"), true, null, null, null);
      default -> new DataType(ObjectName.of(folded), true, length, precision, scale);
    };
  }

  public static DataType userDefined(ObjectName name) {
    return new DataType(name, false, null, null, null);
  }

  /// Whether it is the same one in a database with this rule for names.
  public boolean isSame(DataType other, NameRule rule) {
    return builtIn == other.builtIn
        && rule.same(name, other.name)
        && Objects.equals(length, other.length)
        && Objects.equals(precision, other.precision)
        && Objects.equals(scale, other.scale);
  }

  public Set<ObjectName> references() {
    return builtIn ? Set.of() : Set.of(name);
  }

  /// Of a built-in type, in lower case; of another, its last part.
  public String plainName() {
    return name.last();
  }
}
