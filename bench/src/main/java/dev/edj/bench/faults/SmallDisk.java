package dev.edj.bench.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A small disk, in memory, that can be filled to its last byte.
final class SmallDisk implements AutoCloseable {

  /// For the programs and files of a server and for what it logs of changes in a few minutes.
  private static final String SIZE = "640m";

  private static final byte[] BLOCK = new byte[1 << 20];

  private final Path directory;
  private final Path ballast;

  private SmallDisk(Path directory) {
    this.directory = directory;
    this.ballast = directory.resolve("ballast");
  }

  /// A disk under this directory; empty where this process may not mount one.
  static Optional<SmallDisk> mountAt(Path directory) throws IOException {
    Files.createDirectories(directory);
    String options = "size=%s,mode=700".formatted(SIZE);
    return runs("mount", "-t", "tmpfs", "-o", options, "edj-bench", directory.toString())
        ? Optional.of(new SmallDisk(directory))
        : Optional.empty();
  }

  void fill() throws IOException {
    try (OutputStream out = Files.newOutputStream(ballast)) {
      int length = BLOCK.length;
      while (length > 0) {
        try {
          out.write(BLOCK, 0, length);
        } catch (IOException e) {
          // What is left is less than that.
          length /= 2;
        }
      }
    }
  }

  void free() throws IOException {
    Files.deleteIfExists(ballast);
  }

  /// Nothing of it stays.
  @Override
  public void close() throws IOException {
    if (!runs("umount", directory.toString()) && !runs("umount", "--lazy", directory.toString())) {
      throw new IOException("the disk at %s cannot be unmounted".formatted(directory));
    }
  }

  private static boolean runs(String... command) throws IOException {
    try {
      return new ProcessBuilder(List.of(command))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
