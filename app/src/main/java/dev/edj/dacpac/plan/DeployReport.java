package dev.edj.dacpac.plan;

import dev.edj.dacpac.plan.Operation.Kind;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/// Writes a plan as the XML that DacFx's deployment reports are, so that what reads those reads
/// this.
public final class DeployReport {

  private static final String NAMESPACE =
      "http://schemas.microsoft.com/sqlserver/dac/DeployReport/2012/02";

  private final XMLStreamWriter xml;
  private int depth;

  private DeployReport(XMLStreamWriter xml) {
    this.xml = xml;
  }

  public static String of(DeploymentPlan plan) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
      new DeployReport(xml).write(plan);
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("a report was not written to memory", e);
    }
    return text.append('\n').toString();
  }

  private void write(DeploymentPlan plan) throws XMLStreamException {
    xml.writeStartDocument("utf-8", "1.0");
    line();
    xml.writeStartElement("DeploymentReport");
    xml.writeDefaultNamespace(NAMESPACE);
    depth++;
    writeAlerts(plan.alerts());
    writeOperations(plan.steps(), plan.alerts());
    end();
    xml.writeEndDocument();
  }

  private void writeAlerts(List<Alert> alerts) throws XMLStreamException {
    line();
    if (alerts.isEmpty()) {
      xml.writeEmptyElement("Alerts");
      return;
    }
    Map<Alert.Kind, List<Integer>> byKind = new EnumMap<>(Alert.Kind.class);
    for (int i = 0; i < alerts.size(); i++) {
      byKind.computeIfAbsent(alerts.get(i).kind(), kind -> new ArrayList<>()).add(i);
    }
    start("Alerts");
    for (Map.Entry<Alert.Kind, List<Integer>> kind : byKind.entrySet()) {
      line();
      start("Alert");
      attribute("Name", kind.getKey().title());
      for (int i : kind.getValue()) {
        line();
        xml.writeEmptyElement("Issue");
        attribute("Value", alerts.get(i).message());
        attribute("Id", Integer.toString(i + 1));
      }
      end();
    }
    end();
  }

  private void writeOperations(List<Step> steps, List<Alert> alerts) throws XMLStreamException {
    Map<Kind, List<Operation>> byKind = new EnumMap<>(Kind.class);
    for (Step step : steps) {
      for (Operation operation : step.operations()) {
        byKind.computeIfAbsent(operation.kind(), kind -> new ArrayList<>()).add(operation);
      }
    }
    if (byKind.isEmpty()) {
      return;
    }
    line();
    start("Operations");
    for (Map.Entry<Kind, List<Operation>> kind : byKind.entrySet()) {
      line();
      start("Operation");
      attribute("Name", kind.getKey().title());
      for (Operation operation : kind.getValue()) {
        line();
        writeItem(operation, alerts);
      }
      end();
    }
    end();
  }

  /// An operation, with the alerts that are about the same object.
  private void writeItem(Operation operation, List<Alert> alerts) throws XMLStreamException {
    List<Integer> issues = new ArrayList<>();
    for (int i = 0; i < alerts.size(); i++) {
      if (alerts.get(i).object().equals(operation.object())) {
        issues.add(i + 1);
      }
    }
    if (issues.isEmpty()) {
      xml.writeEmptyElement("Item");
    } else {
      start("Item");
    }
    attribute("Value", operation.object());
    attribute("Type", operation.type().element());
    for (int issue : issues) {
      line();
      xml.writeEmptyElement("Issue");
      attribute("Id", Integer.toString(issue));
    }
    if (!issues.isEmpty()) {
      end();
    }
  }

  private void start(String element) throws XMLStreamException {
    xml.writeStartElement(element);
    depth++;
  }

  private void end() throws XMLStreamException {
    depth--;
    line();
    xml.writeEndElement();
  }

  private void attribute(String name, String value) throws XMLStreamException {
    xml.writeAttribute(name, printable(value));
  }

  /// Names may hold characters that XML has no way to write.
  private static String printable(String text) {
    return text.codePoints()
        .map(c ->
            c == '\t'
                    || c == '\n'
                    || c == '\r'
                    || (c >= 0x20 && c != 0xFFFE && c != 0xFFFF && !(c >= 0xD800 && c <= 0xDFFF))
                ? c
                : 0xFFFD)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private void line() throws XMLStreamException {
    xml.writeCharacters("\n" + "  ".repeat(depth));
  }
}
