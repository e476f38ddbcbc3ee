package dev.edj.dacpac.file;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Reads Origin.xml: what made the package, and the checksum of its model. DacFx adds elements to
/// it from version to version, so those that are not known are passed over.
final class OriginXml {

  private final XmlPart xml;
  private final Map<String, String> checksums = new HashMap<>();
  private String formatVersion = "";
  private String product = "";

  private OriginXml(XmlPart xml) {
    this.xml = xml;
  }

  /// @param formatVersion such as `3.1.0.0`; empty where it is not told
  /// @param product what made the package; empty where it is not told
  /// @param modelChecksum SHA-256 of model.xml, in hexadecimal digits
  record Origin(String formatVersion, String product, Optional<String> modelChecksum) {}

  static Origin read(byte[] content) throws DacpacException {
    try (XmlPart xml = XmlPart.open("Origin.xml", content, "DacOrigin")) {
      OriginXml origin = new OriginXml(xml);
      origin.read();
      return new Origin(
          origin.formatVersion,
          origin.product,
          Optional.ofNullable(origin.checksums.get("/model.xml")));
    }
  }

  private void read() throws DacpacException {
    int within = xml.depth();
    while (xml.toNext(within)) {
      switch (xml.name()) {
        case "PackageProperties" -> readProperties();
        case "Operation" -> readOperation();
        case "Checksums" -> readChecksums();
        default -> xml.skip();
      }
    }
  }

  private void readProperties() throws DacpacException {
    int within = xml.depth();
    while (xml.toNext(within)) {
      if (xml.name().equals("Version")) {
        formatVersion = xml.text().strip();
      } else {
        xml.skip();
      }
    }
  }

  private void readOperation() throws DacpacException {
    int within = xml.depth();
    while (xml.toNext(within)) {
      if (xml.name().equals("ProductVersion")) {
        product = xml.text().strip();
      } else {
        xml.skip();
      }
    }
  }

  private void readChecksums() throws DacpacException {
    int within = xml.depth();
    while (xml.toNext(within)) {
      checksums.put(xml.attribute("Uri"), xml.text().strip());
    }
  }
}
