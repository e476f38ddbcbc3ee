package dev.edj.bench.upgrade;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The version before this one: a commit, whose program is built once and kept.
///
/// @param home of the checkout
/// @param commit as `bench/previous-version` names it
record PreviousVersion(Path home, String commit) {

  private static final int MINUTES_TO_BUILD = 15;

  static PreviousVersion of(Path home) throws IOException {
    String commit =
        Files.readAllLines(home.resolve("bench/previous-version")).stream()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("bench/previous-version names no commit"));
    return new PreviousVersion(home, commit.strip());
  }

  /// Its program.
  Program program() throws IOException, InterruptedException {
    Path kept = home.resolve("bench/target/previous").resolve(commit + ".jar");
    if (!Files.exists(kept)) {
      build(kept);
    }
    return Program.ofJar(kept);
  }

  private void build(Path kept) throws IOException, InterruptedException {
    Path sources = kept.resolveSibling(commit);
    Files.createDirectories(sources);
    Path archive = sources.resolve("sources.tar");
    run(home, "git", "archive", "--format=tar", "--output=" + archive, commit);
    run(sources, "tar", "-xf", archive.toString());
    run(sources, "mvn", "-B", "-q", "-pl", "app", "-Dmaven.test.skip=true", "package");
    Files.move(sources.resolve("app/target/edj-exec.jar"), kept, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void run(Path directory, String... command)
      throws IOException, InterruptedException {
    Path log = Files.createTempFile("previous-version-", ".log");
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    // Maven runs on what this runs on.
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    if (!process.waitFor(MINUTES_TO_BUILD, TimeUnit.MINUTES) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IllegalStateException(
          "%s failed; a clone without history cannot build the previous version. %s"
              .formatted(List.of(command), Files.readString(log)));
    }
    Files.delete(log);
  }
}
