package dev.edj.imports;

import dev.edj.files.source.WholeFile;
import dev.edj.problem.EdjException;
import dev.edj.script.ScriptException;
import dev.edj.script.ScriptText;
import java.nio.file.Path;

/// Files as other tools write them: in UTF-8 with or without a byte order mark, or in UTF-16.
final class Texts {

  private Texts() {}

  static String read(Path file) {
    try {
      return ScriptText.decode(WholeFile.bytes(file, "FILE"));
    } catch (ScriptException e) {
      throw EdjException.invalid("FILE", "%s: %s".formatted(file, e.getMessage()));
    }
  }

  /// The name of a file without its ending.
  static String baseName(Path file) {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
