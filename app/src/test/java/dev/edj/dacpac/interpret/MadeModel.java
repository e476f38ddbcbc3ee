package dev.edj.dacpac.interpret;

import dev.edj.dacpac.DacpacFile;
import dev.edj.dacpac.DacpacFile.Checksum;
import dev.edj.dacpac.Packages;
import dev.edj.dacpac.file.DacpacException;
import dev.edj.dacpac.file.Model;
import dev.edj.dacpac.file.ObjectName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/// Models that a test writes, in the words of model.xml.
final class MadeModel {

  static final String OPTIONS =
      element("SqlDatabaseOptions", property("Collation", "Latin1_General_CI_AS"))
          .replaceFirst(">", " Disambiguator='1'>");

  static final String IN_DBO = builtIn("Schema", "[dbo]");
  static final String ANSI_NULLS = property("IsAnsiNullsOn", "True");

  /// `[dbo].[T]` with the columns A and B.
  static final String TABLE =
      table("[dbo].[T]", column("[dbo].[T].[A]", "int"), column("[dbo].[T].[B]", "int"));

  private MadeModel() {}

  /// A model with the options of a database, and these elements.
  static Model of(String... elements) throws DacpacException {
    return ofAll(OPTIONS + String.join("", elements));
  }

  static Model ofAll(String elements) throws DacpacException {
    return of(Packages.with(elements));
  }

  static Model of(Packages made) throws DacpacException {
    try {
      Path directory = Files.createTempDirectory("edj-model");
      Path file = made.in(directory);
      try {
        return DacpacFile.open(file, Checksum.REQUIRED).model();
      } finally {
        Files.delete(file);
        Files.delete(directory);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String element(String type, String... parts) {
    return "<Element Type='%s'>%s</Element>".formatted(type, String.join("", parts));
  }

  static String named(String type, String name, String... parts) {
    return "<Element Type='%s' Name='%s'>%s</Element>"
        .formatted(type, escaped(name), String.join("", parts));
  }

  static String property(String name, String value) {
    return "<Property Name='%s' Value='%s'/>".formatted(name, escaped(value));
  }

  static String script(String name, String text) {
    return "<Property Name='%s'><Value><![CDATA[%s]]></Value></Property>".formatted(name, text);
  }

  static String annotation(String type, String... parts) {
    return "<Annotation Type='%s'>%s</Annotation>".formatted(type, String.join("", parts));
  }

  static String inline(String relationship, String... elements) {
    return relationship(relationship, elements);
  }

  static String refersTo(String relationship, String... names) {
    return relationship(
        relationship,
        Arrays.stream(names)
            .map(name -> "<References Name='%s'/>".formatted(escaped(name)))
            .toArray(String[]::new));
  }

  static String builtIn(String relationship, String name) {
    return relationship(
        relationship, "<References ExternalSource='BuiltIns' Name='%s'/>".formatted(name));
  }

  static String toNumber(String relationship, int disambiguator) {
    return relationship(relationship, "<References Disambiguator='%d'/>".formatted(disambiguator));
  }

  static String relationship(String name, String... entries) {
    return "<Relationship Name='%s'>%s</Relationship>"
        .formatted(
            name,
            Arrays.stream(entries)
                .map(entry -> "<Entry>" + entry + "</Entry>")
                .collect(Collectors.joining()));
  }

  static String table(String name, String... columns) {
    return named("SqlTable", name, ANSI_NULLS, inline("Columns", columns), IN_DBO);
  }

  /// @param type built-in, without a length
  static String column(String name, String type, String... parts) {
    return typed(name, type(type), parts);
  }

  static String typed(String name, String type, String... parts) {
    return named("SqlSimpleColumn", name, inline("TypeSpecifier", type), String.join("", parts));
  }

  static String type(String builtIn, String... parts) {
    return element(
        "SqlTypeSpecifier", builtIn("Type", "[" + builtIn + "]"), String.join("", parts));
  }

  static String keyColumns(String... columns) {
    return inline(
        "ColumnSpecifications",
        Arrays.stream(columns)
            .map(column -> element("SqlIndexedColumnSpecification", refersTo("Column", column)))
            .toArray(String[]::new));
  }

  /// @param header up to the word `AS`
  static String header(String header, String... parts) {
    return annotation(
        "SysCommentsObjectAnnotation", property("HeaderContents", header), String.join("", parts));
  }

  static String procedure(String name, String... parts) {
    return named(
        "SqlProcedure",
        name,
        script("BodyScript", " SELECT 1"),
        ANSI_NULLS,
        IN_DBO,
        header("CREATE PROCEDURE " + name + " AS"),
        String.join("", parts));
  }

  static ObjectName dbo(String... names) {
    ObjectName name = ObjectName.of("dbo");
    for (String part : names) {
      name = name.child(part);
    }
    return name;
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace("'", "&apos;")
        .replace("\r", "&#13;")
        .replace("\n", "&#10;");
  }
}
