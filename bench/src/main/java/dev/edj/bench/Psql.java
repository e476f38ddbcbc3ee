package dev.edj.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// PostgreSQL's own client, which people write loops around.
final class Psql {

  private Psql() {}

  /// The program itself: on Debian, `psql` on the path is a slow wrapper around it.
  static String program() throws IOException {
    Path debian = Path.of("/usr/lib/postgresql");
    if (Files.isDirectory(debian)) {
      try (Stream<Path> versions = Files.list(debian)) {
        return versions
            .map(version -> version.resolve("bin/psql"))
            .filter(Files::isExecutable)
            .max(Path::compareTo)
            .map(Path::toString)
            .orElse("psql");
      }
    }
    return "psql";
  }
}
