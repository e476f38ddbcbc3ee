package dev.edj.imports;

import static java.util.Objects.requireNonNull;

import dev.edj.content.Contents;
import dev.edj.files.declaration.Kind;
import dev.edj.files.source.WholeFile;
import dev.edj.problem.EdjException;
import dev.edj.problem.Names;
import dev.edj.text.FileFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// A folder of scripts as contents, which stay where they are: each is named by its path without
/// the ending.
public final class ScriptImport {

  private static final String ENDING = ".sql";
  private static final int DEEPEST = 20;
  private static final int MOST = 10_000;

  private ScriptImport() {}

  /// What is below the directory.
  ///
  /// @param from the directory that the declarations will lie in, for the paths of the scripts
  public static Imported of(Path directory, Path from) {
    Imported imported = new Imported(directory);
    for (Path script : scripts(directory)) {
      String path = directory.relativize(script).toString().replace('\\', '/');
      try {
        String name = path.substring(0, path.length() - ENDING.length());
        String _ = Contents.previewScript("text", WholeFile.text(script, "file"));
        if (imported.declarations().has(Kind.CONTENT, name)) {
          throw EdjException.invalid("name", "'%s' is another script's, too".formatted(name));
        }
        imported
            .declarations()
            .named(Kind.CONTENT, Names.checked("name", name))
            .put(
                "file",
                from.toAbsolutePath()
                    .normalize()
                    .relativize(script.toAbsolutePath().normalize())
                    .toString()
                    .replace('\\', '/'));
      } catch (EdjException e) {
        imported.warn("%s is left out: %s".formatted(script, e.getMessage()));
      }
    }
    return imported.checked();
  }

  private static List<Path> scripts(Path directory) {
    if (!Files.isDirectory(directory)) {
      throw EdjException.invalid("DIRECTORY", "there is no directory " + directory);
    }
    try (Stream<Path> found = Files.walk(directory, DEEPEST)) {
      List<Path> scripts =
          found
              .filter(file -> file.toString().toLowerCase(Locale.ROOT).endsWith(ENDING))
              .filter(Files::isRegularFile)
              .limit(MOST + 1)
              .sorted()
              .toList();
      if (scripts.size() > MOST) {
        throw EdjException.invalid(
            "DIRECTORY", "there are more than %,d scripts below %s".formatted(MOST, directory));
      }
      return scripts;
    } catch (IOException e) {
      throw unreadable(directory, e);
    } catch (UncheckedIOException e) {
      throw unreadable(directory, requireNonNull(e.getCause()));
    }
  }

  private static EdjException unreadable(Path directory, IOException e) {
    return EdjException.invalid("DIRECTORY", "cannot read " + FileFault.below(directory, e));
  }
}
