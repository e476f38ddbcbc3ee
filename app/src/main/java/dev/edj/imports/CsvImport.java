package dev.edj.imports;

import dev.edj.imports.CsvText.Row;
import dev.edj.problem.EdjException;
import dev.edj.target.NewTarget;
import dev.edj.target.TargetKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Servers and databases in rows, as a collection. Without headings, the first two columns are
/// those; columns under other headings are values of script variables that the databases carry.
public final class CsvImport {

  private static final Set<String> SERVER =
      Set.of(
          "server", "servername", "serverinstance", "sqlinstance", "instance", "host", "hostname");
  private static final Set<String> DATABASE = Set.of("database", "databasename", "db", "dbname");
  private static final Set<String> ENGINE = Set.of("engine");

  private final Imported imported;
  private final String collection;
  private final @Nullable String engine;
  private final List<String> headings;

  private CsvImport(
      Imported imported, String collection, @Nullable String engine, List<String> headings) {
    this.imported = imported;
    this.collection = collection;
    this.engine = engine;
    this.headings = headings;
  }

  /// What is in the file.
  ///
  /// @param collection null names it as the file
  /// @param engine of servers that are written without one; null means SQL Server
  public static Imported of(Path file, @Nullable String collection, @Nullable String engine) {
    List<Row> rows = CsvText.read(file);
    if (rows.isEmpty()) {
      throw EdjException.invalid(file.toString(), "there is nothing in it to import");
    }
    List<String> first = rows.getFirst().cells().stream().map(CsvImport::plain).toList();
    boolean headed = first.stream().anyMatch(CsvImport::isKnown);
    if (headed && first.stream().noneMatch(SERVER::contains)) {
      throw EdjException.invalid(
          file + ":1", "no column is headed 'server', 'host' or 'instance', though others are");
    }
    Imported imported = new Imported(file);
    CsvImport read =
        new CsvImport(
            imported,
            collection == null ? Imported.baseName(file) : collection,
            engine,
            headed
                ? rows.getFirst().cells().stream().map(String::strip).toList()
                : List.of("server", "database"));
    rows.stream().skip(headed ? 1 : 0).forEach(read::add);
    return imported.checked();
  }

  private static boolean isKnown(String heading) {
    return SERVER.contains(heading) || DATABASE.contains(heading) || ENGINE.contains(heading);
  }

  private static String plain(String heading) {
    return heading.strip().toLowerCase(Locale.ROOT).replaceAll("[ _-]", "");
  }

  private void add(Row row) {
    String server = row.cell(column(SERVER));
    String database = row.cell(column(DATABASE));
    String scheme = row.cell(column(ENGINE));
    if (server.isEmpty()) {
      imported.fault(row.line(), "names no server");
      return;
    }
    String prefix = scheme.isEmpty() ? engine : scheme;
    String named =
        prefix == null || server.contains("://")
            ? server
            : prefix.toLowerCase(Locale.ROOT) + "://" + server;
    String target =
        imported.target(
            row.line(),
            database.isEmpty()
                ? new NewTarget(TargetKind.Server, null, named, null, null, null, null)
                : new NewTarget(TargetKind.Database, null, named, database, null, null, null));
    if (target != null) {
      carry(row, imported.child(collection, target));
    }
  }

  private int column(Set<String> names) {
    for (int i = 0; i < headings.size(); i++) {
      if (names.contains(plain(headings.get(i)))) {
        return i;
      }
    }
    return -1;
  }

  private void carry(Row row, ObjectNode child) {
    if (row.cells().size() > headings.size()) {
      imported.warn("what is in columns without a heading is left out");
    }
    for (int i = 0; i < headings.size(); i++) {
      String heading = headings.get(i);
      String value = row.cell(i);
      if (!heading.isEmpty() && !isKnown(plain(heading)) && !value.isEmpty()) {
        String before = parameters(child).path(variable(heading)).asString(value);
        if (!before.equals(value)) {
          imported.fault(
              row.line(), "is there already, with another value of '%s'".formatted(heading));
        }
        parameters(child).put(variable(heading), value);
      }
    }
  }

  private static ObjectNode parameters(ObjectNode child) {
    return child.get("parameters") instanceof ObjectNode there
        ? there
        : child.putObject("parameters");
  }

  /// What can be the name of one.
  private String variable(String heading) {
    String name = heading.replaceAll("[^A-Za-z0-9_-]", "_").replaceFirst("^(?![A-Za-z_])", "_");
    if (!name.equals(heading)) {
      imported.warn("column '%s' is the variable $(%s)".formatted(heading, name));
    }
    return name;
  }
}
