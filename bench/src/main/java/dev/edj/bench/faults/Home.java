package dev.edj.bench.faults;

import dev.edj.bench.Scratch;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where a server lives: the directory with everything of it, and the disk that it fills alone.
///
/// @param disk null when it is on this machine's ordinary one
record Home(Path directory, @Nullable SmallDisk disk) implements AutoCloseable {

  /// A directory of this name, on a small disk if there is to be one and it can be mounted.
  static Home of(Path parent, String name, boolean smallDisk) throws IOException {
    Path directory = Files.createDirectories(parent.resolve(name));
    return new Home(directory, smallDisk ? SmallDisk.mountAt(directory).orElse(null) : null);
  }

  /// Saves the time to unpack the programs once more.
  void takePrograms(Home from) throws IOException {
    try (DirectoryStream<Path> programs = Files.newDirectoryStream(from.directory, "programs-*")) {
      for (Path each : programs) {
        copy(each, directory.resolve(each.getFileName()));
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(
            file,
            to.resolve(from.relativize(file)),
            LinkOption.NOFOLLOW_LINKS,
            StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

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
