package dev.edj.dacpac.file;

import dev.edj.dacpac.file.DacpacException.Code;
import dev.edj.dacpac.file.Element.Annotation;
import dev.edj.dacpac.file.Element.Entry;
import dev.edj.dacpac.file.Element.Inline;
import dev.edj.dacpac.file.Element.Property;
import dev.edj.dacpac.file.Element.Reference;
import dev.edj.dacpac.file.Element.Unresolved;
import dev.edj.dacpac.file.Model.Header;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads model.xml. Every element and attribute is known or refused: what is passed over here would
/// be missing in a database.
final class ModelXml {

  private static final String PART = "model.xml";
  private static final String FORMAT = "1.2";

  private final XmlPart xml;

  private ModelXml(XmlPart xml) {
    this.xml = xml;
  }

  static Model read(byte[] content) throws DacpacException {
    try (XmlPart xml = XmlPart.open(PART, content, "DataSchemaModel")) {
      return new ModelXml(xml).model();
    }
  }

  private Model model() throws DacpacException {
    String format = xml.attribute("FileFormatVersion");
    if (!format.equals(FORMAT)) {
      throw new DacpacException(
          Code.UNKNOWN_VERSION,
          "%s has the format %s; known is %s".formatted(PART, Excerpt.of(format), FORMAT));
    }
    String schemaVersion = xml.attribute("SchemaVersion");
    String provider = xml.attribute("DspName");
    boolean caseSensitive = Boolean.TRUE.equals(xml.findFlag("CollationCaseSensitive"));
    List<Header> header = new ArrayList<>();
    List<Element> elements = new ArrayList<>();
    boolean found = false;
    int within = xml.depth();
    while (xml.toNext(within)) {
      switch (xml.name()) {
        case "Header" -> readHeader(header);
        case "Model" -> {
          found = true;
          readElements(elements);
        }
        default -> throw xml.unexpected();
      }
    }
    if (!found) {
      throw xml.malformed("has no <Model>");
    }
    return new Model(
        schemaVersion, provider, caseSensitive, List.copyOf(header), List.copyOf(elements));
  }

  private void readHeader(List<Header> header) throws DacpacException {
    int within = xml.depth();
    while (xml.toNext(within)) {
      expect("CustomData");
      header.add(
          new Header(
              xml.attribute("Category"), xml.findAttribute("Type").orElse(""), headerValues()));
    }
  }

  private List<Model.Value> headerValues() throws DacpacException {
    List<Model.Value> values = new ArrayList<>();
    int within = xml.depth();
    while (xml.toNext(within)) {
      expect("Metadata");
      values.add(new Model.Value(xml.attribute("Name"), xml.findAttribute("Value").orElse("")));
      endWithoutContent();
    }
    return List.copyOf(values);
  }

  private void readElements(List<Element> elements) throws DacpacException {
    int within = xml.depth();
    while (xml.toNext(within)) {
      expect("Element");
      elements.add(element());
    }
  }

  private Element element() throws DacpacException {
    String type = xml.attribute("Type");
    ObjectName name = findName();
    Integer disambiguator = xml.findNumber("Disambiguator").orElse(null);
    int line = xml.line();
    Map<String, Property> properties = new LinkedHashMap<>();
    Map<String, List<Entry>> relationships = new LinkedHashMap<>();
    List<Annotation> annotations = new ArrayList<>();
    int within = xml.depth();
    while (xml.toNext(within)) {
      switch (xml.name()) {
        case "Property" -> readProperty(properties);
        case "Relationship" -> readRelationship(relationships);
        case "Annotation" -> annotations.add(annotation());
        // Says only that something was declared inline.
        case "AttachedAnnotation" -> endWithoutContent();
        default -> throw xml.unexpected();
      }
    }
    return new Element(
        type, name, disambiguator, properties, relationships, List.copyOf(annotations), line);
  }

  private @Nullable ObjectName findName() throws DacpacException {
    String name = xml.findAttribute("Name").orElse(null);
    return name == null ? null : name(name);
  }

  private ObjectName name(String text) throws DacpacException {
    try {
      return ObjectName.parse(text);
    } catch (DacpacException e) {
      throw xml.malformed("has the name '%s', which is none".formatted(Excerpt.of(text)));
    }
  }

  private void readProperty(Map<String, Property> properties) throws DacpacException {
    String name = xml.attribute("Name");
    String value = xml.findAttribute("Value").orElse(null);
    Property property = new Property(value, false, null, null);
    int within = xml.depth();
    while (xml.toNext(within)) {
      expect("Value");
      if (property.value() != null) {
        throw xml.malformed("has the property %s with two values".formatted(Excerpt.of(name)));
      }
      Boolean quotedIdentifiers = xml.findFlag("QuotedIdentifiers");
      Boolean ansiNulls = xml.findFlag("AnsiNulls");
      property = new Property(xml.text(), true, quotedIdentifiers, ansiNulls);
    }
    if (properties.put(name, property) != null) {
      throw xml.malformed("has the property %s twice".formatted(Excerpt.of(name)));
    }
  }

  private void readRelationship(Map<String, List<Entry>> relationships) throws DacpacException {
    String name = xml.attribute("Name");
    List<Entry> entries = new ArrayList<>();
    int within = xml.depth();
    while (xml.toNext(within)) {
      expect("Entry");
      entries.add(entry());
    }
    if (relationships.put(name, List.copyOf(entries)) != null) {
      throw xml.malformed("has the relationship %s twice".formatted(Excerpt.of(name)));
    }
  }

  private Entry entry() throws DacpacException {
    Entry entry = new Unresolved();
    int within = xml.depth();
    while (xml.toNext(within)) {
      switch (xml.name()) {
        case "References" -> entry = only(entry, reference());
        case "Element" -> entry = only(entry, new Inline(element()));
        case "Annotation" -> checkAboutReference(annotation());
        default -> throw xml.unexpected();
      }
    }
    return entry;
  }

  private Entry only(Entry before, Entry entry) throws DacpacException {
    if (!(before instanceof Unresolved)) {
      throw xml.malformed("has an <Entry> that leads to two things");
    }
    return entry;
  }

  /// Known is one that says where the tools keep the kind of what is referred to, and nothing of
  /// it.
  private void checkAboutReference(Annotation annotation) throws DacpacException {
    if (!annotation.type().equals("PersistedResolvableAnnotation")) {
      throw xml.malformed(
          "has an annotation of a reference that is not known: " + Excerpt.of(annotation.type()));
    }
  }

  private Reference reference() throws DacpacException {
    String name = xml.findAttribute("Name").orElse(null);
    Reference reference =
        new Reference(
            name == null ? null : name(withinItsDatabase(name)),
            xml.findAttribute("ExternalSource").orElse(null),
            xml.findNumber("Disambiguator").orElse(null));
    endWithoutContent();
    return reference;
  }

  /// What another package brings is written behind the database's name: `[master]|[sys].[objects]`.
  private static String withinItsDatabase(String name) {
    int bar = name.indexOf("]|[");
    return bar < 0 ? name : name.substring(bar + 2);
  }

  private Annotation annotation() throws DacpacException {
    String type = xml.attribute("Type");
    Map<String, Property> properties = new LinkedHashMap<>();
    int within = xml.depth();
    while (xml.toNext(within)) {
      expect("Property");
      readProperty(properties);
    }
    return new Annotation(type, properties);
  }

  private void expect(String name) throws DacpacException {
    if (!xml.name().equals(name)) {
      throw xml.unexpected();
    }
  }

  private void endWithoutContent() throws DacpacException {
    if (xml.toNext(xml.depth())) {
      throw xml.unexpected();
    }
  }
}
