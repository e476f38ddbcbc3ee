package dev.edj.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// Reads the kernel's timers of this machine's TCP connections, as `ss -o` does.
final class KeepAliveTimers {

  private static final String ESTABLISHED = "01";
  private static final String KEEP_ALIVE = "02:";

  private KeepAliveTimers() {}

  /// How long the one connection to `port` still waits before it asks whether the other side lives.
  static Duration untilNextProbe(int port) throws IOException {
    assumeThat(Path.of("/proc/net/tcp")).as("Linux").exists();
    List<String[]> connections =
        Stream.concat(lines("/proc/net/tcp"), lines("/proc/net/tcp6"))
            .map(line -> line.strip().split("[ ]+"))
            .filter(fields -> fields[2].endsWith(":%04X".formatted(port)))
            .filter(fields -> fields[3].equals(ESTABLISHED))
            .toList();
    assertThat(connections).hasSize(1);
    String timer = connections.getFirst()[5];
    assertThat(timer).as("the kind of timer").startsWith(KEEP_ALIVE);
    return Duration.ofMillis(Long.parseLong(timer, KEEP_ALIVE.length(), timer.length(), 16) * 10);
  }

  private static Stream<String> lines(String file) throws IOException {
    return Files.exists(Path.of(file)) ? Files.readAllLines(Path.of(file)).stream() : Stream.of();
  }
}
