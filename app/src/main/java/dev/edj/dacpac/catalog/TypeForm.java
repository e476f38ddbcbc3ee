package dev.edj.dacpac.catalog;

import dev.edj.dacpac.model.DataType;
import java.util.Locale;

/// Brings a built-in type from the catalog's form into that of [DataType]. The catalog gives each
/// type a length in bytes, a precision and a scale, whether they mean something or not.
final class TypeForm {

  private TypeForm() {}

  /// @param maxLength in bytes; -1 for `max`
  static DataType of(String name, int maxLength, int precision, int scale) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "char", "varchar", "binary", "varbinary" ->
          DataType.builtIn(name, length(maxLength, 1), null, null);
      case "nchar", "nvarchar" -> DataType.builtIn(name, length(maxLength, 2), null, null);
      case "decimal", "numeric" -> DataType.builtIn(name, null, precision, scale);
      case "float" -> DataType.builtIn(name, null, precision, null);
      case "time", "datetime2", "datetimeoffset" -> DataType.builtIn(name, null, null, scale);
      default -> DataType.builtIn(name, null, null, null);
    };
  }

  private static int length(int bytes, int bytesPerCharacter) {
    return bytes == -1 ? DataType.MAX : bytes / bytesPerCharacter;
  }
}
