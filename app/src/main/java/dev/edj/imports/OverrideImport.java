package dev.edj.imports;

import dev.edj.files.source.WholeFile;
import dev.edj.target.NewTarget;
import dev.edj.target.TargetKind;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The file by which SQL Build Manager is told its databases: a line each,
/// `server:default,database`, maybe with more such pairs behind `;` and a tag behind `#`. The
/// default is the name that the package has for the database, and of no use here.
public final class OverrideImport {

  private OverrideImport() {}

  /// What is in the file.
  ///
  /// @param collection null names it as the file
  public static Imported of(Path file, @Nullable String collection) {
    Imported imported = new Imported(file);
    String name = collection == null ? Imported.baseName(file) : collection;
    List<String> lines = WholeFile.text(file, "FILE").lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        add(imported, name, i + 1, lines.get(i).strip());
      }
    }
    return imported.checked();
  }

  private static void add(Imported imported, String collection, int line, String text) {
    int tag = text.indexOf('#');
    if (tag >= 0) {
      imported.warn("tags behind '#' are not carried over; collections can take their place");
    }
    String entry = tag < 0 ? text : text.substring(0, tag).strip();
    int colon = entry.lastIndexOf(':');
    if (colon < 1) {
      imported.fault(line, "is not server:default,database");
      return;
    }
    String server = entry.substring(0, colon).strip();
    for (String pair : entry.substring(colon + 1).split(";", -1)) {
      String database = pair.substring(pair.indexOf(',') + 1).strip();
      if (database.isEmpty()) {
        imported.fault(line, "names no database, or ends with ';'");
        continue;
      }
      String target =
          imported.target(
              line, new NewTarget(TargetKind.Database, null, server, database, null, null, null));
      if (target != null) {
        imported.child(collection, target);
      }
    }
  }
}
