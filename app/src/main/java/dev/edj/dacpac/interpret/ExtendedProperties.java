package dev.edj.dacpac.interpret;

import dev.edj.dacpac.file.Element.Reference;
import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.interpret.Elements.Target;
import dev.edj.dacpac.model.ExtendedProperty;
import dev.edj.dacpac.model.ExtendedProperty.HostType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Named values that are attached to objects.
final class ExtendedProperties {

  static final String HOST = "Host";

  static final ElementRule PROPERTY =
      ElementRule.of("SqlExtendedProperty", "a value that is attached to an object")
          .properties("Value")
          .relationships(HOST);

  static final List<Handled> HANDLED = List.of(new Handled(PROPERTY, ExtendedProperties::property));

  /// Types of elements that can have properties. Those of columns, parameters and indexes depend on
  /// what they are of.
  private static final Map<String, HostType> HOSTS =
      Map.ofEntries(
          Map.entry("SqlDatabaseOptions", HostType.DATABASE),
          Map.entry("SqlSchema", HostType.SCHEMA),
          Map.entry("SqlTable", HostType.TABLE),
          Map.entry("SqlView", HostType.VIEW),
          Map.entry("SqlProcedure", HostType.PROCEDURE),
          Map.entry("SqlScalarFunction", HostType.FUNCTION),
          Map.entry("SqlInlineTableValuedFunction", HostType.FUNCTION),
          Map.entry("SqlMultiStatementTableValuedFunction", HostType.FUNCTION),
          Map.entry("SqlSynonym", HostType.SYNONYM),
          Map.entry("SqlSequence", HostType.SEQUENCE),
          Map.entry("SqlUserDefinedDataType", HostType.TYPE),
          Map.entry("SqlTableType", HostType.TABLE_TYPE),
          Map.entry("SqlUser", HostType.USER),
          Map.entry("SqlRole", HostType.ROLE),
          Map.entry("SqlPrimaryKeyConstraint", HostType.CONSTRAINT),
          Map.entry("SqlUniqueConstraint", HostType.CONSTRAINT),
          Map.entry("SqlForeignKeyConstraint", HostType.CONSTRAINT),
          Map.entry("SqlCheckConstraint", HostType.CONSTRAINT),
          Map.entry("SqlDefaultConstraint", HostType.CONSTRAINT),
          Map.entry("SqlDmlTrigger", HostType.TRIGGER),
          Map.entry("SqlSimpleColumn", HostType.TABLE_COLUMN),
          Map.entry("SqlComputedColumn", HostType.TABLE_COLUMN),
          Map.entry("SqlIndex", HostType.INDEX),
          Map.entry("SqlSubroutineParameter", HostType.PARAMETER_OF_FUNCTION));

  /// The words by which names of properties begin, and what they are then attached to. They decide
  /// where two things have one name.
  private static final Map<String, HostType> WORDS =
      Map.ofEntries(
          Map.entry("SqlDatabaseOptions", HostType.DATABASE),
          Map.entry("SqlSchema", HostType.SCHEMA),
          Map.entry("SqlTableBase", HostType.TABLE),
          Map.entry("SqlView", HostType.VIEW),
          Map.entry("SqlProcedure", HostType.PROCEDURE),
          Map.entry("SqlFunction", HostType.FUNCTION),
          Map.entry("SqlColumn", HostType.TABLE_COLUMN),
          Map.entry("SqlIndexBase", HostType.INDEX),
          Map.entry("SqlConstraint", HostType.CONSTRAINT),
          Map.entry("SqlDmlTrigger", HostType.TRIGGER),
          Map.entry("SqlSubroutineParameter", HostType.PARAMETER_OF_FUNCTION));

  private ExtendedProperties() {}

  private static ExtendedProperty property(Reading reading) throws Refusal {
    ObjectName name = reading.findName().orElseThrow(() -> new Refusal("has no name"));
    String value = reading.text("Value");
    String property = name.last();
    Reference reference = reading.reference(HOST);
    String word = name.parts().getFirst();
    if (Reading.isBuiltIn(reference)) {
      return new ExtendedProperty(HostType.SCHEMA, schema(reference, word), property, value);
    }
    Target host = reading.target(HOST, types(word));
    HostType hostType = hostType(host, reading.context().elements());
    return new ExtendedProperty(hostType, nameOf(host, hostType), property, value);
  }

  /// The types of elements that a property whose name begins like this can be attached to.
  private static String[] types(String word) {
    return HOSTS.entrySet().stream()
        .filter(host -> WORDS.getOrDefault(word, host.getValue()) == host.getValue())
        .map(Map.Entry::getKey)
        .toArray(String[]::new);
  }

  private static @Nullable ObjectName nameOf(Target host, HostType hostType) throws Refusal {
    return hostType == HostType.DATABASE ? null : Constraints.nameOf(host);
  }

  private static HostType hostType(Target host, Elements elements) throws Refusal {
    HostType hostType = HOSTS.getOrDefault(host.type(), HostType.DATABASE);
    return switch (hostType) {
      case TABLE_COLUMN ->
          switch (host.top().type()) {
            case "SqlTable" -> HostType.TABLE_COLUMN;
            case "SqlView" -> HostType.VIEW_COLUMN;
            default -> throw new Refusal("is of a column of a " + host.top().type());
          };
      case INDEX -> isOfView(host, elements) ? HostType.VIEW_INDEX : HostType.INDEX;
      case PARAMETER_OF_FUNCTION ->
          host.top().type().equals("SqlProcedure")
              ? HostType.PARAMETER_OF_PROCEDURE
              : HostType.PARAMETER_OF_FUNCTION;
      default -> hostType;
    };
  }

  private static boolean isOfView(Target index, Elements elements) throws Refusal {
    ObjectName name = Constraints.nameOf(index);
    if (name.parts().size() < 2) {
      throw new Refusal("is of the index %s, which belongs to nothing".formatted(name));
    }
    return elements.find(name.owner()).stream().anyMatch(owner -> owner.type().equals("SqlView"));
  }

  /// Of what every database has, only schemas can have a property of ours.
  private static ObjectName schema(Reference reference, String word) throws Refusal {
    if (reference.name() == null || !word.equals("SqlSchema")) {
      throw new Refusal("properties of a %s are not supported".formatted(word));
    }
    return reference.name();
  }
}
