package dev.edj.bench.faults;

import dev.edj.bench.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where a server lives: the directory with everything of it, and the disk that it fills alone.
///
/// @param disk null when it is on this machine's ordinary one
record Home(Path directory, @Nullable SmallDisk disk) implements AutoCloseable {

  /// The files of PostgreSQL, without its programs, its password and its log.
  Path files() {
    return directory.resolve("postgresql");
  }

  Path passwordFile() {
    return directory.resolve("password");
  }

  void makeRoom() throws IOException {
    if (disk != null) {
      disk.free();
    }
  }

  /// Removes the files of a server that is gone.
  void clear() throws IOException {
    makeRoom();
    if (Files.exists(files())) {
      Scratch.remove(files());
    }
  }

  @Override
  public void close() throws IOException {
    if (disk != null) {
      disk.close();
    }
  }
}
