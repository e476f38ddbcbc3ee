package dev.edj.bench.faults;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The system clock as a node sees it, which can be set. The library libfaketime, loaded into the
/// process, reads from a file by how much the clock is wrong; clocks that only measure spans stay
/// as they are.
final class SystemClock {

  private static final Path LIBRARIES = Path.of("/usr/lib");
  private static final Path SHARED_MEMORY = Path.of("/dev/shm");

  private final Path library;
  private final Path file;

  private SystemClock(Path library, Path file) {
    this.library = library;
    this.file = file;
  }

  /// Right, until it is set.
  ///
  /// @return empty where the library is not installed
  static Optional<SystemClock> in(Path directory) throws IOException {
    Optional<Path> library = library();
    if (library.isEmpty()) {
      return Optional.empty();
    }
    SystemClock clock = new SystemClock(library.get(), directory.resolve("clock"));
    clock.step(Duration.ZERO);
    return Optional.of(clock);
  }

  /// Where Debian's package `faketime` puts it.
  static Optional<Path> library() throws IOException {
    try (DirectoryStream<Path> directories = Files.newDirectoryStream(LIBRARIES)) {
      for (Path directory : directories) {
        Path library = directory.resolve("faketime").resolve("libfaketime.so.1");
        if (Files.exists(library)) {
          return Optional.of(library);
        }
      }
    }
    return Optional.empty();
  }

  /// For the process that is to see this clock. Without the last line, timed waits of a Java
  /// process return at once.
  Map<String, String> environment() {
    return Map.of(
        "LD_PRELOAD", library.toString(),
        "FAKETIME_TIMESTAMP_FILE", file.toString(),
        "FAKETIME_CACHE_DURATION", "1",
        "FAKETIME_DONT_FAKE_MONOTONIC", "1",
        "NO_FAKE_STAT", "1",
        "FAKETIME_FORCE_MONOTONIC_FIX", "0");
  }

  /// Is wrong by this much from a second later on.
  void step(Duration by) throws IOException {
    Path next = file.resolveSibling("clock.next");
    Files.writeString(next, "%+d%n".formatted(by.toSeconds()));
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /// Removes what the library leaves of a process that was killed.
  void forget(long processId) {
    for (String name : List.of("faketime_shm_", "sem.faketime_sem_")) {
      try {
        Files.deleteIfExists(SHARED_MEMORY.resolve(name + processId));
      } catch (IOException e) {
        // It is a few bytes, until the machine starts again.
      }
    }
  }
}
