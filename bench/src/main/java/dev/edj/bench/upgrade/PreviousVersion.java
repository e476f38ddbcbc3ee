package dev.edj.bench.upgrade;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The version before this one: a commit, whose program is built once and kept.
///
/// It is compiled by javac alone: what Maven does beyond that (checks, tests, one jar of all) was
/// done when that version was made.
///
/// @param home of the checkout
/// @param commit as `bench/previous-version` names it
record PreviousVersion(Path home, String commit) {

  private static final int MINUTES_TO_BUILD = 10;
  private static final Path JAVA = Path.of(System.getProperty("java.home"));

  static PreviousVersion of(Path home) throws IOException {
    String commit =
        Files.readAllLines(home.resolve("bench/previous-version")).stream()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("bench/previous-version names no commit"));
    return new PreviousVersion(home, commit.strip());
  }

  /// Its program, which says the commit when it is asked for its version.
  Program program() throws IOException, InterruptedException {
    Path kept = home.resolve("bench/target/previous").resolve(commit + ".jar");
    Path libraries = kept.resolveSibling(commit + ".classpath");
    if (!Files.exists(kept)) {
      build(kept, libraries);
    }
    return Program.ofClassPath(kept + File.pathSeparator + Files.readString(libraries).strip());
  }

  private void build(Path kept, Path libraries) throws IOException, InterruptedException {
    Path sources = Files.createDirectories(kept.resolveSibling(commit));
    Path archive = sources.resolve("sources.tar");
    run(home, "git", "archive", "--format=tar", "--output=" + archive, commit);
    run(sources, "tar", "-xf", archive.toString());
    run(
        sources,
        "mvn",
        "-B",
        "-q",
        "-pl",
        "app",
        "dependency:build-classpath",
        "-Dmdep.includeScope=runtime",
        "-Dmdep.outputFile=" + libraries);
    compile(sources, Files.readString(libraries).strip());
    pack(sources, kept);
  }

  private static void compile(Path sources, String libraries)
      throws IOException, InterruptedException {
    try (Stream<Path> files = Files.walk(sources.resolve("app/src/main/java"))) {
      Files.writeString(
          sources.resolve("files"),
          files
              .map(Path::toString)
              .filter(name -> name.endsWith(".java"))
              .collect(Collectors.joining("\n")));
    }
    run(
        sources,
        JAVA.resolve("bin/javac").toString(),
        // Its process ends before what the second compiler makes pays for the making.
        "-J-XX:TieredStopAtLevel=1",
        "-J-XX:+UseSerialGC",
        "-nowarn",
        "-proc:none",
        "-parameters",
        "-cp",
        libraries,
        "-d",
        "classes",
        "@files");
  }

  private void pack(Path sources, Path kept) throws IOException, InterruptedException {
    Files.writeString(
        sources.resolve("manifest"),
        "Implementation-Version: %s\n".formatted(commit.substring(0, 12)));
    run(
        sources,
        JAVA.resolve("bin/jar").toString(),
        "--create",
        "--file=new.jar",
        "--manifest=manifest",
        "-C",
        "classes",
        ".",
        "-C",
        "app/src/main/resources",
        ".");
    Files.move(sources.resolve("new.jar"), kept, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void run(Path directory, String... command)
      throws IOException, InterruptedException {
    Path log = Files.createTempFile("previous-version-", ".log");
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    // Maven runs on what this runs on.
    builder.environment().put("JAVA_HOME", JAVA.toString());
    Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    if (!process.waitFor(MINUTES_TO_BUILD, TimeUnit.MINUTES) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IllegalStateException(
          "%s failed; a clone without history cannot build the previous version. %s"
              .formatted(String.join(" ", command), Files.readString(log)));
    }
    Files.delete(log);
  }
}
