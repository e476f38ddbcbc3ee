package dev.edj.bench.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemClockTest {

  private static final Duration STEP = Duration.ofHours(1);

  @TempDir Path directory;

  @Test
  void aStepMovesTheSystemClockOfAProcessAndNoTimeThatItMeasures() throws Exception {
    assumeTrue(SystemClock.library().isPresent(), "libfaketime is not installed");
    SystemClock clock = SystemClock.in(directory).orElseThrow();
    Process process = start(clock);
    try (BufferedReader lines = process.inputReader()) {
      Shown before = shown(lines);
      clock.step(STEP);
      Shown after = before;
      while (Duration.between(before.at(), after.at()).compareTo(STEP) < 0) {
        after = shown(lines);
        assertThat(after.waited()).isGreaterThanOrEqualTo(Shower.WAIT);
      }
      assertThat(after.measured().minus(before.measured())).isLessThan(STEP.dividedBy(2));
    } finally {
      process.destroyForcibly().waitFor();
      clock.forget(process.pid());
    }
  }

  private static Process start(SystemClock clock) throws Exception {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), Shower.class.getName()));
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.environment().putAll(clock.environment());
    return builder.start();
  }

  private static Shown shown(BufferedReader lines) throws Exception {
    List<Long> numbers =
        Pattern.compile(" ")
            .splitAsStream(Objects.requireNonNull(lines.readLine()))
            .map(Long::valueOf)
            .toList();
    return new Shown(
        Instant.ofEpochMilli(numbers.get(0)),
        Duration.ofNanos(numbers.get(1)),
        Duration.ofNanos(numbers.get(2)));
  }

  /// What the process saw.
  ///
  /// @param waited how long a timed wait lasted
  private record Shown(Instant at, Duration measured, Duration waited) {}

  /// Prints the time again and again.
  static final class Shower {

    private static final Duration WAIT = Duration.ofMillis(100);

    public static void main(String[] arguments) {
      while (true) {
        long begin = System.nanoTime();
        LockSupport.parkNanos(WAIT.toNanos());
        long waited = System.nanoTime() - begin;
        System.out.printf("%d %d %d%n", System.currentTimeMillis(), System.nanoTime(), waited);
      }
    }
  }
}
