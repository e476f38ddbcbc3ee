package dev.edj.dacpac.file;

import dev.edj.dacpac.file.DacpacException.Code;
import java.io.ByteArrayInputStream;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/// One part of a package, read from its begin to its end. It takes no document type, so there are
/// no entities but XML's own, and nothing is loaded from elsewhere.
final class XmlPart implements AutoCloseable {

  private static final int DEEPEST = 60;

  private final String part;
  private final XMLStreamReader reader;
  private int depth;

  private XmlPart(String part, XMLStreamReader reader) {
    this.part = part;
    this.reader = reader;
  }

  /// @param root the name of the outermost element, which is where it stands then
  static XmlPart open(String part, byte[] content, String root) throws DacpacException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(content));
      XmlPart xml = new XmlPart(part, reader);
      while (xml.next() != XMLStreamConstants.START_ELEMENT) {
        // Comments and blanks.
      }
      if (!xml.name().equals(root)) {
        throw xml.malformed("begins with <%s>, and not with <%s>".formatted(xml.name(), root));
      }
      return xml;
    } catch (XMLStreamException e) {
      throw notXml(part, e);
    }
  }

  /// The name of the element that it stands at.
  String name() {
    return reader.getLocalName();
  }

  int line() {
    return reader.getLocation().getLineNumber();
  }

  /// Goes to the next element within the one that it stood at when `within` was [#depth], or to the
  /// end of that.
  ///
  /// @return whether there is one
  boolean toNext(int within) throws DacpacException {
    while (true) {
      int event = next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        return true;
      }
      if (event == XMLStreamConstants.END_ELEMENT && depth < within) {
        return false;
      }
      if (event == XMLStreamConstants.CHARACTERS && !reader.isWhiteSpace() && depth == within) {
        throw malformed(
            "has the text '%s' where none is expected".formatted(Excerpt.of(reader.getText())));
      }
    }
  }

  /// How deep the element is that it stands at; the outermost is 1.
  int depth() {
    return depth;
  }

  /// The text of the element that it stands at, which is to have no other; it stands at its end
  /// then.
  String text() throws DacpacException {
    StringBuilder text = new StringBuilder();
    while (true) {
      switch (next()) {
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
            text.append(reader.getText());
        case XMLStreamConstants.END_ELEMENT -> {
          return text.toString();
        }
        case XMLStreamConstants.START_ELEMENT ->
            throw malformed("has <%s> where text is expected".formatted(name()));
        default -> {
          // A comment.
        }
      }
    }
  }

  /// Leaves the element that it stands at, with all that is in it.
  void skip() throws DacpacException {
    int within = depth;
    while (toNextAnywhere(within)) {
      // Whatever it is.
    }
  }

  private boolean toNextAnywhere(int within) throws DacpacException {
    return next() != XMLStreamConstants.END_ELEMENT || depth >= within;
  }

  String attribute(String attribute) throws DacpacException {
    return findAttribute(attribute)
        .orElseThrow(() -> malformed("has <%s> without %s".formatted(name(), attribute)));
  }

  Optional<String> findAttribute(String attribute) {
    return Optional.ofNullable(reader.getAttributeValue(null, attribute));
  }

  Optional<Integer> findNumber(String attribute) throws DacpacException {
    String text = reader.getAttributeValue(null, attribute);
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Integer.parseInt(text));
    } catch (NumberFormatException e) {
      throw malformed("has %s=\"%s\", which is no number".formatted(attribute, Excerpt.of(text)));
    }
  }

  /// `True` and `False`, in any case.
  @Nullable Boolean findFlag(String attribute) throws DacpacException {
    String text = reader.getAttributeValue(null, attribute);
    if (text == null) {
      return null;
    }
    return switch (text) {
      case "True", "true" -> true;
      case "False", "false" -> false;
      default ->
          throw malformed(
              "has %s=\"%s\", which is neither True nor False"
                  .formatted(attribute, Excerpt.of(text)));
    };
  }

  /// Refuses the element that it stands at.
  DacpacException unexpected() {
    return malformed("has <%s> where it does not belong".formatted(name()));
  }

  /// @param fault such as `has no name`
  DacpacException malformed(String fault) {
    return new DacpacException(Code.MALFORMED, "%s, line %d, %s".formatted(part, line(), fault));
  }

  private int next() throws DacpacException {
    try {
      int event = reader.next();
      switch (event) {
        case XMLStreamConstants.START_ELEMENT -> deeper();
        case XMLStreamConstants.END_ELEMENT -> depth--;
        case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
            throw malformed("has a document type or an entity, which no package has");
        default -> {
          // Text, comments, the end.
        }
      }
      return event;
    } catch (XMLStreamException e) {
      throw notXml(part, e);
    }
  }

  private void deeper() throws DacpacException {
    if (++depth > DEEPEST) {
      throw new DacpacException(
          Code.TOO_LARGE,
          "%s, line %d, goes more than %d elements deep".formatted(part, line(), DEEPEST));
    }
  }

  private static DacpacException notXml(String part, XMLStreamException e) {
    return new DacpacException(
        Code.MALFORMED,
        "%s is not well-formed XML: %s"
            .formatted(part, Excerpt.of(String.valueOf(e.getMessage()).replaceAll("\\s+", " "))),
        e);
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (XMLStreamException e) {
      // It holds nothing but memory.
    }
  }
}
