package dev.edj.bench.upgrade;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A process of the service, with a door of its own.
final class Node implements AutoCloseable {

  /// Several start beside whatever else the machine does.
  private static final int SECONDS_TO_START = 180;

  private static final int SECONDS_TO_END = 60;

  private final String name;
  private final Path data;
  private final Process process;
  private final Path log;

  private Node(String name, Path data, Process process, Path log) {
    this.name = name;
    this.data = data;
    this.process = process;
    this.log = log;
  }

  /// Returns when it answers.
  ///
  /// @param keys of which node it gets a copy; null for the first
  static Node start(
      String name,
      Program program,
      Path directory,
      Map<String, String> environment,
      @Nullable Node keys)
      throws IOException, InterruptedException {
    Path data = Files.createDirectories(directory.resolve(name));
    if (keys != null) {
      for (String file : List.of("encryption-keys.json", "token")) {
        Files.copy(keys.data.resolve(file), data.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    Path log = directory.resolve(name + ".log");
    List<String> words =
        List.of(
            "serve",
            "--data",
            data.toString(),
            "--port",
            "0",
            "--node-name",
            name,
            // Every node has to work, so that what is started is done.
            "--worker-capacity",
            "1",
            "--grace",
            "1m");
    Process process =
        program
            .process(environment, words)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Node node = new Node(name, data, process, log);
    node.awaitUp();
    return node;
  }

  private void awaitUp() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_TO_START);
    while (!Files.readString(log).contains(" listens on ")) {
      boolean running = process.isAlive();
      if (!running || System.nanoTime() > deadline) {
        close();
        throw new IllegalStateException(
            "%s %s: %s"
                .formatted(
                    name,
                    running
                        ? "has not started within %d s".formatted(SECONDS_TO_START)
                        : "ended with %d at its start".formatted(process.exitValue()),
                    Files.readString(log)));
      }
      Thread.sleep(100);
    }
  }

  String name() {
    return name;
  }

  /// As what a client of it is started.
  Map<String, String> client() {
    return Map.of("EDJ_DATA", data.toString());
  }

  /// As whatever supervises services does.
  void stop() throws IOException, InterruptedException {
    process.destroy();
    if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
      close();
      throw new IllegalStateException(name + " does not end: " + Files.readString(log));
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
