package dev.edj.dacpac.file;

import dev.edj.dacpac.file.RefactorOperation.Change;
import dev.edj.dacpac.file.RefactorOperation.MoveToSchema;
import dev.edj.dacpac.file.RefactorOperation.Rename;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// Reads refactor.xml, the log of renames, in whose order they are done.
final class RefactorLogXml {

  private final XmlPart xml;

  private RefactorLogXml(XmlPart xml) {
    this.xml = xml;
  }

  static List<RefactorOperation> read(byte[] content) throws DacpacException {
    try (XmlPart xml = XmlPart.open("refactor.xml", content, "Operations")) {
      return new RefactorLogXml(xml).operations();
    }
  }

  private List<RefactorOperation> operations() throws DacpacException {
    List<RefactorOperation> operations = new ArrayList<>();
    Set<UUID> keys = new HashSet<>();
    int within = xml.depth();
    while (xml.toNext(within)) {
      if (!xml.name().equals("Operation")) {
        throw xml.unexpected();
      }
      RefactorOperation operation = operation();
      if (!keys.add(operation.key())) {
        throw xml.malformed("has the operation %s twice".formatted(operation.key()));
      }
      operations.add(operation);
    }
    return List.copyOf(operations);
  }

  private RefactorOperation operation() throws DacpacException {
    String kind = xml.attribute("Name");
    UUID key = key(xml.attribute("Key"));
    Map<String, String> properties = properties();
    return new RefactorOperation(
        key,
        ObjectName.parse(property(properties, "ElementName")),
        property(properties, "ElementType"),
        change(kind, properties));
  }

  private UUID key(String text) throws DacpacException {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw xml.malformed("has the key '%s', which is no UUID".formatted(Excerpt.of(text)));
    }
  }

  private Map<String, String> properties() throws DacpacException {
    Map<String, String> properties = new HashMap<>();
    int within = xml.depth();
    while (xml.toNext(within)) {
      if (!xml.name().equals("Property")) {
        throw xml.unexpected();
      }
      properties.put(xml.attribute("Name"), xml.attribute("Value"));
    }
    return properties;
  }

  private Change change(String kind, Map<String, String> properties) throws DacpacException {
    return switch (kind) {
      case "Rename Refactor" -> new Rename(property(properties, "NewName"));
      case "Move Schema" -> new MoveToSchema(property(properties, "NewSchema"));
      default ->
          throw xml.malformed(
              "has the operation '%s'; known are Rename Refactor and Move Schema"
                  .formatted(Excerpt.of(kind)));
    };
  }

  private String property(Map<String, String> properties, String name) throws DacpacException {
    String value = properties.get(name);
    if (value == null) {
      throw xml.malformed("has an operation without %s".formatted(name));
    }
    return value;
  }
}
