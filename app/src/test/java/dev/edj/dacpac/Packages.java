package dev.edj.dacpac;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Packages that a test makes, part by part.
public final class Packages {

  private static final String NAMESPACE =
      "xmlns=\"http://schemas.microsoft.com/sqlserver/dac/Serialization/2012/02\"";

  private final Map<String, byte[]> parts = new LinkedHashMap<>();

  /// A package that is as it should be.
  ///
  /// @param elements what its `<Model>` has
  public static Packages with(String elements) {
    Packages made = new Packages();
    made.model(
        """
        <?xml version="1.0" encoding="utf-8"?>
        <DataSchemaModel FileFormatVersion="1.2" SchemaVersion="2.9"
            DspName="Microsoft.Data.Tools.Schema.Sql.Sql130DatabaseSchemaProvider"
            CollationLcid="1033" CollationCaseSensitive="False" %s>
          <Model>%s</Model>
        </DataSchemaModel>
        """
            .formatted(NAMESPACE, elements));
    made.part(
        "DacMetadata.xml",
        "<DacType %s><Name>made</Name><Version>\n1.2.0.0\n</Version></DacType>"
            .formatted(NAMESPACE));
    return made;
  }

  /// A package of an empty database, which can be deployed.
  public static Packages ofNothing() {
    return with(
        """
        <Element Type="SqlDatabaseOptions"><Property Name="Collation" Value="Latin1_General_CI_AS"/></Element>\
        """);
  }

  /// The same, whose scripts may name these variables.
  public static Packages ofVariables(Collection<String> names) {
    return with("")
        .model(
            """
            <?xml version="1.0" encoding="utf-8"?>
            <DataSchemaModel FileFormatVersion="1.2" SchemaVersion="2.9"
                DspName="Microsoft.Data.Tools.Schema.Sql.Sql130DatabaseSchemaProvider"
                CollationLcid="1033" CollationCaseSensitive="False" %s>
              <Header><CustomData Category="SqlCmdVariables" Type="SqlCmdVariable">%s</CustomData></Header>
              <Model>
                <Element Type="SqlDatabaseOptions"><Property Name="Collation" Value="Latin1_General_CI_AS"/></Element>
              </Model>
            </DataSchemaModel>
            """
                .formatted(
                    NAMESPACE,
                    names.stream()
                        .map("<Metadata Name=\"%s\" Value=\"\"/>"::formatted)
                        .collect(Collectors.joining())));
  }

  /// Sets model.xml, and the checksum that fits.
  public Packages model(String model) {
    part("model.xml", model);
    return checksum(sha256(model.getBytes(StandardCharsets.UTF_8)));
  }

  public Packages checksum(String checksum) {
    return part(
        "Origin.xml",
        """
        <DacOrigin %s>
          <PackageProperties><Version>3.1.0.0</Version><StreamVersions><Version StreamName="Data">2.0.0.0</Version></StreamVersions></PackageProperties>
          <Operation><ProductVersion>16.0.1</ProductVersion></Operation>
          <Checksums><Checksum Uri="/model.xml">%s</Checksum></Checksums>
        </DacOrigin>
        """
            .formatted(NAMESPACE, checksum));
  }

  public Packages part(String name, String content) {
    parts.put(name, content.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  public Packages part(String name, byte[] content) {
    parts.put(name, content);
    return this;
  }

  public Packages without(String name) {
    parts.remove(name);
    return this;
  }

  public byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> part : parts.entrySet()) {
        zip.putNextEntry(new ZipEntry(part.getKey()));
        zip.write(part.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  public Path in(Path directory) throws IOException {
    return Files.write(directory.resolve("made.dacpac"), bytes());
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of()
          .withUpperCase()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
