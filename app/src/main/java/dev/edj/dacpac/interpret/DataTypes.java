package dev.edj.dacpac.interpret;

import dev.edj.dacpac.file.Element.Reference;
import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.interpret.ElementRule.Kind;
import dev.edj.dacpac.model.DataType;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The types of columns, sequences and alias types.
final class DataTypes {

  static final ElementRule TYPE =
      ElementRule.of("SqlTypeSpecifier", "a data type with its length")
          .properties("Length", "IsMax", "Precision", "Scale")
          .relationships("Type");

  static final ElementRule XML_TYPE =
      ElementRule.of("SqlXmlTypeSpecifier", "the type `xml`")
          .relationships("Type")
          .refused(Kind.RELATIONSHIP, "XML schema collections", "XmlSchemaCollection");

  /// What a type is written with.
  private enum Arguments {
    NONE,
    LENGTH,
    LENGTH_OR_MAX,
    PRECISION,
    PRECISION_AND_SCALE,
    SCALE
  }

  private static final int LONGEST = 8_000;
  private static final int WIDEST = 53;
  private static final int FINEST = 38;

  private static final Map<String, Arguments> BUILT_IN =
      Map.ofEntries(
          Map.entry("bigint", Arguments.NONE),
          Map.entry("binary", Arguments.LENGTH),
          Map.entry("bit", Arguments.NONE),
          Map.entry("char", Arguments.LENGTH),
          Map.entry("date", Arguments.NONE),
          Map.entry("datetime", Arguments.NONE),
          Map.entry("datetime2", Arguments.SCALE),
          Map.entry("datetimeoffset", Arguments.SCALE),
          Map.entry("decimal", Arguments.PRECISION_AND_SCALE),
          Map.entry("float", Arguments.PRECISION),
          Map.entry("geography", Arguments.NONE),
          Map.entry("geometry", Arguments.NONE),
          Map.entry("hierarchyid", Arguments.NONE),
          Map.entry("image", Arguments.NONE),
          Map.entry("int", Arguments.NONE),
          Map.entry("money", Arguments.NONE),
          Map.entry("nchar", Arguments.LENGTH),
          Map.entry("ntext", Arguments.NONE),
          Map.entry("numeric", Arguments.PRECISION_AND_SCALE),
          Map.entry("nvarchar", Arguments.LENGTH_OR_MAX),
          Map.entry("real", Arguments.NONE),
          Map.entry("rowversion", Arguments.NONE),
          Map.entry("smalldatetime", Arguments.NONE),
          Map.entry("smallint", Arguments.NONE),
          Map.entry("smallmoney", Arguments.NONE),
          Map.entry("sql_variant", Arguments.NONE),
          Map.entry("sysname", Arguments.NONE),
          Map.entry("text", Arguments.NONE),
          Map.entry("time", Arguments.SCALE),
          Map.entry("timestamp", Arguments.NONE),
          Map.entry("tinyint", Arguments.NONE),
          Map.entry("uniqueidentifier", Arguments.NONE),
          Map.entry("varbinary", Arguments.LENGTH_OR_MAX),
          Map.entry("varchar", Arguments.LENGTH_OR_MAX),
          Map.entry("xml", Arguments.NONE));

  private DataTypes() {}

  /// The type that a relationship of an element holds.
  static DataType of(Reading owner, String relationship) throws Refusal {
    return of(owner.onlyInline(relationship, TYPE, XML_TYPE));
  }

  /// @param reading of a type specifier, or of an alias type, which is written like one
  static DataType of(Reading reading) throws Refusal {
    Reference type = reading.reference("Type");
    if (!Reading.isBuiltIn(type)) {
      ObjectName name = reading.target("Type", "SqlUserDefinedDataType").name();
      if (name == null) {
        throw new Refusal("its type has no name");
      }
      return DataType.userDefined(name);
    }
    ObjectName name = type.name();
    if (name == null) {
      throw new Refusal("its type has no name");
    }
    return builtIn(reading, name.last().toLowerCase(Locale.ROOT));
  }

  private static DataType builtIn(Reading reading, String name) throws Refusal {
    Arguments arguments = BUILT_IN.get(name);
    if (arguments == null) {
      throw new Refusal("the type '%s' is not known".formatted(name));
    }
    return switch (arguments) {
      case NONE -> DataType.builtIn(name, null, null, null);
      case LENGTH -> DataType.builtIn(name, length(reading, name), null, null);
      case LENGTH_OR_MAX -> DataType.builtIn(name, lengthOrMax(reading, name), null, null);
      case PRECISION -> DataType.builtIn(name, null, precision(reading, name), null);
      case PRECISION_AND_SCALE ->
          DataType.builtIn(
              name,
              null,
              precision(reading, name),
              reading.findNumber("Scale", 0, FINEST).orElse(0));
      case SCALE -> DataType.builtIn(name, null, null, scale(reading, name));
    };
  }

  private static int lengthOrMax(Reading reading, String name) throws Refusal {
    return reading.has("IsMax") && reading.flag("IsMax") ? DataType.MAX : length(reading, name);
  }

  private static int length(Reading reading, String name) throws Refusal {
    return told("Length", reading.findNumber("Length", 1, LONGEST), name);
  }

  private static int precision(Reading reading, String name) throws Refusal {
    return told("Precision", reading.findNumber("Precision", 1, WIDEST), name);
  }

  private static int scale(Reading reading, String name) throws Refusal {
    return told("Scale", reading.findNumber("Scale", 0, FINEST), name);
  }

  /// Packages always say it: where one does not, the server's default is not what was meant.
  private static int told(String property, Optional<Integer> value, String name) throws Refusal {
    return value.orElseThrow(() -> new Refusal("its type %s has no %s".formatted(name, property)));
  }
}
