package dev.edj.result;

import static dev.edj.result.KeptFixture.COLUMNS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.testing.TestControlDatabase;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A million rows, some 100 bytes each in JSON, go through a process whose heap is smaller than any
/// of the formats.
class LargeResultTest {

  private static final int CHILDREN = 1_000;
  private static final int ROWS_OF_A_CHILD = 1_000;
  private static final int SMALL_HEAP_MB = 40;

  @Test
  @Timeout(300)
  void aMillionRowsNeedLittleMemory() throws Exception {
    try (TestControlDatabase database = TestControlDatabase.create()) {
      KeptFixture kept = new KeptFixture(database.jdbi());
      UUID run = kept.run(CHILDREN, "a");
      String[] names =
          IntStream.range(0, ROWS_OF_A_CHILD)
              .mapToObj(i -> "%040d".formatted(i))
              .toArray(String[]::new);
      database
          .jdbi()
          .useHandle(handle ->
              handle.execute(
                  """
                  INSERT INTO kept_result (execution_id, step_execution_id, columns, row_count, kept_rows, digest, rows)
                  SELECT execution_id, step_execution_id, ?, ?, ?, 'x', ? FROM child_execution
                  """,
                  KeptFixture.json(COLUMNS),
                  ROWS_OF_A_CHILD,
                  ROWS_OF_A_CHILD,
                  KeptFixture.bytes(ListCursor.of(COLUMNS, KeptFixture.numbered(names)))));

      Map<String, Long> bytes = write(database, run);

      assertThat(bytes.keySet()).containsExactly("csv", "jsonl", "parquet", "rows");
      assertThat(bytes.get("jsonl")).isGreaterThan(80_000_000);
      assertThat(bytes.get("csv")).isGreaterThan(50_000_000);
    }
  }

  private static Map<String, Long> write(TestControlDatabase database, UUID run) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + SMALL_HEAP_MB + "m",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                LargeResult.class.getName(),
                database.address().url(),
                database.address().user(),
                database.address().password(),
                run.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
    Map<String, Long> bytes = new TreeMap<>();
    printed
        .lines()
        .filter(line -> line.matches("[a-z]+ \\d+"))
        .forEach(line -> bytes.put(line.split(" ", -1)[0], Long.parseLong(line.split(" ", -1)[1])));
    return bytes;
  }
}
