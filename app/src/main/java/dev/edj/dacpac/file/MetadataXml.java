package dev.edj.dacpac.file;

/// Reads DacMetadata.xml: what the package is called.
final class MetadataXml {

  private MetadataXml() {}

  /// @param description empty where there is none
  record Metadata(String name, String version, String description) {}

  static Metadata read(byte[] content) throws DacpacException {
    try (XmlPart xml = XmlPart.open("DacMetadata.xml", content, "DacType")) {
      String name = "";
      String version = "";
      String description = "";
      int within = xml.depth();
      while (xml.toNext(within)) {
        switch (xml.name()) {
          case "Name" -> name = xml.text().strip();
          case "Version" -> version = xml.text().strip();
          case "Description" -> description = xml.text().strip();
          default -> xml.skip();
        }
      }
      return new Metadata(name, version, description);
    }
  }
}
