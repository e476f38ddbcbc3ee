package dev.edj.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.testing.Unpacked;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/// A process of edj as it was built, with what it prints in files. It leads a process group, as a
/// command in a terminal does.
record EdjProcess(Process process, Path out, Path err) implements AutoCloseable {

  /// For machines that are busy with other builds, too.
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /// @param directory for its temporary files, and for what it prints
  static EdjProcess start(Path directory, Map<String, String> environment, String... words) {
    // A shell lets what it runs in the background ignore Ctrl-C, and that is inherited down to
    // here.
    List<String> line = new ArrayList<>(List.of("setsid", "env", "--default-signal=INT"));
    line.addAll(Unpacked.commandLine(directory));
    line.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.environment().keySet().removeIf(name -> name.startsWith("EDJ_"));
    builder.environment().putAll(environment);
    try {
      Path out = Files.createTempFile("edj-e2e-", ".out");
      Path err = Files.createTempFile("edj-e2e-", ".err");
      Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
      return new EdjProcess(process, out, err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String printed() {
    return read(out);
  }

  String complained() {
    return read(err);
  }

  void awaitPrinted(String text) {
    await(() -> printed().contains(text) || !process.isAlive());
    assertThat(printed()).as("what it printed; its errors: " + complained()).contains(text);
  }

  int awaitEnd() {
    try {
      assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  void killAtOnce() {
    process.destroyForcibly();
    awaitEnd();
  }

  int terminate() {
    process.destroy();
    return awaitEnd();
  }

  /// What a terminal does at Ctrl-C: every program of the group hears it.
  int pressCtrlC() {
    try {
      new ProcessBuilder("kill", "-INT", "--", "-" + process.pid()).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    return awaitEnd();
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      terminate();
    }
    try {
      Files.deleteIfExists(out);
      Files.deleteIfExists(err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Which programs run with something of this directory on their command line.
  static List<String> programsIn(Path directory) {
    return ProcessHandle.allProcesses()
        .flatMap(program -> program.info().commandLine().stream())
        .filter(line -> line.contains(directory.toString()))
        .toList();
  }

  static List<Path> filesIn(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// For what other processes do and nobody signals.
  static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited too long").isLessThan(deadline);
      try {
        Thread.sleep(Duration.ofMillis(50));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
