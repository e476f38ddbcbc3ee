package dev.edj.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/// `app/target/edj-exec.jar` as the launcher runs it: unpacked, with the classes that a service
/// loads kept ready, so that a process needs half the time to start. Made once for all tests.
public final class Unpacked {

  private static final Path JAR = Path.of("target", "edj-exec.jar");
  private static final Path PLACE = Path.of("target", "unpacked").toAbsolutePath();
  private static final Path TEST_CLASSES = Path.of("target", "test-classes");

  private Unpacked() {}

  private static final class Shared {
    static final Path DIRECTORY = make();
  }

  /// How a process of it begins; what edj is to do comes after.
  ///
  /// @param temporary for its temporary files
  public static List<String> commandLine(Path temporary) {
    return command(temporary, "-jar", jar());
  }

  /// How a process begins that runs a class of the tests with the product's.
  ///
  /// @param temporary for its temporary files
  public static List<String> commandLine(Path temporary, Class<?> main) {
    // The cache is good for what was there when it was made, and whatever comes behind that.
    return command(temporary, "-cp", jar() + File.pathSeparator + TEST_CLASSES, main.getName());
  }

  private static List<String> command(Path temporary, String... last) {
    List<String> command =
        new ArrayList<>(
            List.of(
                java(),
                // These processes are too short for what the second compiler costs.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:AOTCache=" + cacheIn(Shared.DIRECTORY),
                "-Xlog:disable",
                "-Djava.io.tmpdir=" + temporary));
    command.addAll(List.of(last));
    return command;
  }

  private static String jar() {
    return jarIn(Shared.DIRECTORY).toString();
  }

  /// Made anew for another jar only. The cache itself would not notice: every build's files have
  /// the same times.
  private static Path make() {
    try {
      Path directory = PLACE.resolve(checksum());
      if (!Files.exists(cacheIn(directory))) {
        delete(PLACE);
        unpackTo(directory);
        rehearseIn(directory);
      }
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static void unpackTo(Path directory) throws IOException, InterruptedException {
    Files.createDirectories(directory);
    run(
        directory,
        "-Djarmode=tools",
        "-jar",
        JAR.toString(),
        "extract",
        "--force",
        "--destination",
        directory.toString());
  }

  private static void rehearseIn(Path directory) throws IOException, InterruptedException {
    Path draft = directory.resolve("draft.aot");
    Path data = directory.resolve("rehearsal");
    run(
        directory,
        "--sun-misc-unsafe-memory-access=allow",
        "-XX:AOTCacheOutput=" + draft,
        "-jar",
        jarIn(directory).toString(),
        "rehearse",
        "--service",
        data.toString());
    delete(data);
    Files.move(draft, cacheIn(directory));
  }

  private static void run(Path directory, String... arguments)
      throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of(java()));
    line.addAll(List.of(arguments));
    Path log = directory.resolve("log");
    int exitCode =
        new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start()
            .waitFor();
    if (exitCode != 0) {
      throw new IOException(String.join(" ", line) + ": " + Files.readString(log, UTF_8));
    }
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static Path jarIn(Path directory) {
    return directory.resolve("edj-exec.jar");
  }

  private static Path cacheIn(Path directory) {
    return directory.resolve("serve.aot");
  }

  private static String checksum() throws IOException {
    CRC32 checksum = new CRC32();
    checksum.update(Files.readAllBytes(JAR));
    return Long.toHexString(checksum.getValue());
  }

  private static void delete(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
