package dev.edj.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/// Directories that a measurement uses and leaves no trace of.
final class Scratch {

  private Scratch() {}

  static Path directory(String name) throws IOException {
    return Files.createTempDirectory(name + "-");
  }

  static void remove(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
