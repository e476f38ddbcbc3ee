package dev.edj.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Finds test data that is not part of the repository: in the folder that the system property or
/// the environment variable `EDJ_TEST_DATA` names, or else in `../shared/data` seen from the
/// repository.
public final class TestData {

  private static final String NAME = "EDJ_TEST_DATA";

  private TestData() {}

  public static Optional<Path> folder(String name) {
    return named()
        .or(TestData::besideTheRepository)
        .map(data -> data.resolve(name))
        .filter(Files::isDirectory);
  }

  private static Optional<Path> named() {
    return Optional.ofNullable(System.getProperty(NAME))
        .or(() -> Optional.ofNullable(System.getenv(NAME)))
        .map(Path::of);
  }

  private static Optional<Path> besideTheRepository() {
    Path folder = Path.of(System.getProperty("user.dir")).toAbsolutePath();
    while (folder != null && !Files.exists(folder.resolve(".git"))) {
      folder = folder.getParent();
    }
    return Optional.ofNullable(folder).map(root -> root.resolveSibling("shared").resolve("data"));
  }
}
