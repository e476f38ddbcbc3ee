package dev.edj.cli;

import dev.edj.imports.Imported;
import dev.edj.text.ShellWord;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where the declarations of an import go.
@SuppressWarnings("UnusedVariable") // Picocli fills what looks empty here.
final class ImportOptions {

  @Option(
      names = {"-f", "--file"},
      paramLabel = "DIRECTORY",
      description = "Where the files are written to (default: all is printed).")
  private @Nullable Path directory;

  @Option(names = "--overwrite", description = "Replace files that are there and differ.")
  private boolean overwrite;

  /// The directory that the declarations will lie in.
  Path directory() {
    return directory == null ? Path.of("") : directory;
  }

  /// @param name of the file
  void write(Imported imported, String name, Session session) {
    Output output = session.output();
    if (directory == null) {
      output.raw(imported.declarations().text());
    } else {
      new FileWriting(directory, overwrite, output).write(imported.declarations().files(name));
    }
    imported
        .warnings()
        .forEach(warning -> output.note(TextWidth.withoutControls("note: " + warning)));
    if (directory != null) {
      output.done(
          "%,d objects declared. Nothing was sent: read them, then 'edj plan -f %s'."
              .formatted(imported.declarations().count(), ShellWord.of(directory.toString())));
    }
  }
}
