package dev.edj.dacpac.interpret;

import static org.junit.jupiter.api.Assumptions.abort;

import dev.edj.dacpac.DacpacFile;
import dev.edj.dacpac.DacpacFile.Checksum;
import dev.edj.dacpac.file.DacpacException;
import dev.edj.dacpac.file.Model;
import dev.edj.testing.TestData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The packages of ../shared/data/dacpacs; without them a test is skipped.
final class RealPackages {

  private RealPackages() {}

  static List<Path> files() throws IOException {
    Path folder = TestData.folder("dacpacs").orElse(null);
    if (folder == null) {
      return abort("none here: set EDJ_TEST_DATA to the folder that holds dacpacs/");
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".dacpac")).sorted().toList();
    }
  }

  static Model model(Path file) throws IOException, DacpacException {
    return DacpacFile.open(file, Checksum.REQUIRED).model();
  }

  static Model model(String name) throws IOException, DacpacException {
    for (Path file : files()) {
      if (file.endsWith(name)) {
        return model(file);
      }
    }
    return abort(name + " is not here");
  }
}
