package dev.edj.bench.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// `edj serve` as a process of its own, which is killed, paused and started again.
final class NodeProcess implements AutoCloseable {

  private final int number;
  private final Path data;
  private final Path logs;
  private final Proxy door;
  private final List<String> options;
  private final Map<String, String> environment;
  private final @Nullable SystemClock clock;
  private final List<String> endedByThemselves = new ArrayList<>();
  private @Nullable Process process;
  private @Nullable Path log;
  private int starts;
  private boolean wanted;
  private boolean closed;

  /// @param data its data directory, with the keys that all nodes share
  /// @param logs where each of its processes gets a file
  /// @param door its way to the control database
  /// @param clock the system clock as it sees it; null where that cannot be set
  NodeProcess(
      int number,
      Path data,
      Path logs,
      Proxy door,
      List<String> options,
      Map<String, String> environment,
      @Nullable SystemClock clock) {
    this.number = number;
    this.data = data;
    this.logs = logs;
    this.door = door;
    this.options = options;
    this.environment = environment;
    this.clock = clock;
  }

  Proxy door() {
    return door;
  }

  /// The number of its process; of the last one when there is none.
  synchronized long processId() {
    return process == null ? 0 : process.pid();
  }

  synchronized void start() throws IOException {
    if (closed) {
      return;
    }
    wanted = true;
    starts++;
    forget();
    log = log(starts);
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // These processes are too short for what the second compiler costs.
    line.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    line.add("--sun-misc-unsafe-memory-access=allow");
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.edj.Edj", "serve"));
    line.addAll(List.of("--data", data.toString(), "--port", "0"));
    line.addAll(options);
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.environment().keySet().removeIf(name -> name.startsWith("EDJ_"));
    builder.environment().putAll(environment);
    if (clock != null) {
      builder.environment().putAll(clock.environment());
    }
    process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
  }

  /// kill -9.
  synchronized void kill() {
    wanted = false;
    if (process != null) {
      process.destroyForcibly();
    }
  }

  /// Its system clock is wrong by this much from now on, also when it is started again.
  void stepClock(Duration by) throws IOException {
    Objects.requireNonNull(clock).step(by);
  }

  synchronized void pause() throws IOException {
    send(Signal.STOP);
  }

  synchronized void resume() throws IOException {
    send(Signal.CONT);
  }

  /// Starts it again when it ended by itself, as whatever supervises services does. It ends so when
  /// the control database is away while it starts; a node that had been up has no reason to.
  synchronized void supervise() throws IOException {
    if (!wanted || process == null || process.isAlive()) {
      return;
    }
    if (isUp()) {
      endedByThemselves.add(
          "node %d ended by itself; its log: %s".formatted(number + 1, lastWords()));
    }
    start();
  }

  /// Whether it has said that it listens.
  synchronized boolean isUp() {
    return log().contains(" listens on ");
  }

  /// The nodes that had been up and ended without being killed.
  synchronized List<String> endedByThemselves() {
    return List.copyOf(endedByThemselves);
  }

  /// How many lines with this text it has printed, over all its lives.
  synchronized long said(String text) throws IOException {
    long lines = 0;
    for (int start = 1; start <= starts; start++) {
      lines += Files.readString(log(start)).lines().filter(line -> line.contains(text)).count();
    }
    return lines;
  }

  synchronized String lastWords() {
    List<String> lines = log().lines().toList();
    return String.join(" / ", lines.subList(Math.max(0, lines.size() - 3), lines.size()));
  }

  @Override
  public synchronized void close() {
    closed = true;
    kill();
    if (process != null) {
      try {
        process.waitFor(10, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    forget();
  }

  /// Of a process that was killed its clock leaves something.
  private void forget() {
    if (process != null && clock != null) {
      clock.forget(process.pid());
    }
  }

  private void send(Signal signal) throws IOException {
    if (process != null && process.isAlive()) {
      signal.send(process.pid());
    }
  }

  private Path log(int start) {
    return logs.resolve("node-%d-%d.log".formatted(number + 1, start));
  }

  private String log() {
    try {
      return log == null ? "" : Files.readString(log);
    } catch (IOException e) {
      return "";
    }
  }
}
