package dev.edj.files.source;

import dev.edj.problem.EdjException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.yaml.snakeyaml.nodes.Node;

/// Where something is in a file.
///
/// @param file as it was named
/// @param line from 1
/// @param column from 1
public record Place(Path file, int line, int column) {

  static Place of(Path file, Node node) {
    return new Place(file, node.getStartMark().getLine() + 1, node.getStartMark().getColumn() + 1);
  }

  /// The file that the text in the file names: paths are relative to the file that they are in.
  public Path relative(String path) {
    try {
      return file.resolveSibling(path);
    } catch (InvalidPathException e) {
      throw EdjException.invalid("file", "no file can be called so: " + e.getReason());
    }
  }

  @Override
  public String toString() {
    return "%s:%d:%d".formatted(file, line, column);
  }
}
