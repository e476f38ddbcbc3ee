package dev.edj.dacpac.model;

import dev.edj.dacpac.file.ObjectName;
import java.math.BigDecimal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A sequence of numbers.
///
/// @param minimum absent where it is the type's own
/// @param maximum likewise
/// @param cache how many numbers are kept in memory: 0 for none; absent where the server decides
public record Sequence(
    ObjectName name,
    DataType dataType,
    BigDecimal start,
    BigDecimal increment,
    @Nullable BigDecimal minimum,
    @Nullable BigDecimal maximum,
    boolean cycle,
    @Nullable Integer cache)
    implements DatabaseObject {

  @Override
  public ObjectType type() {
    return ObjectType.SEQUENCE;
  }

  @Override
  public Set<ObjectName> references() {
    return dataType.references();
  }
}
