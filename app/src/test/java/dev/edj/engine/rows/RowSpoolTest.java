package dev.edj.engine.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edj.engine.rows.ColumnType.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowSpoolTest {

  private static final List<Column> COLUMNS =
      List.of(
          new Column("a", ColumnType.of(Kind.TEXT)), new Column("b", ColumnType.of(Kind.BINARY)));

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path directory;

  @Test
  void fewRowsStayInMemory() throws IOException {
    try (RowSpool spool = new RowSpool(COLUMNS, directory.resolve("none"))) {
      add(spool, bytes("one"), null);
      add(spool, bytes(""), bytes("two"));
      assertThat(read(spool)).containsExactly("one,null", ",two");
      assertThat(directory.resolve("none")).doesNotExist();
      assertThat(spool.count()).isEqualTo(2);
    }
  }

  @Test
  void noRowsAreNoRows() throws IOException {
    try (RowSpool spool = new RowSpool(COLUMNS, directory)) {
      assertThat(read(spool)).isEmpty();
      assertThat(spool.columns()).isEqualTo(COLUMNS);
    }
  }

  @Test
  void manyRowsGoToAFileThatHasNoName() throws IOException {
    try (RowSpool spool = new RowSpool(COLUMNS, directory)) {
      for (int i = 0; i < 100_000; i++) {
        add(spool, bytes("row " + i), i % 3 == 0 ? null : bytes("x".repeat(i % 50)));
      }
      try (Stream<Path> files = Files.list(directory)) {
        assertThat(files).isEmpty();
      }
      RowCursor<IOException> rows = spool.read();
      for (int i = 0; i < 100_000; i++) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.value(0)).isEqualTo(bytes("row " + i));
        assertThat(rows.value(1)).isEqualTo(i % 3 == 0 ? null : bytes("x".repeat(i % 50)));
      }
      assertThat(rows.next()).isFalse();
    }
  }

  @Test
  void rowsAreReadAgainAndInTurns() throws IOException {
    try (RowSpool spool = new RowSpool(COLUMNS, directory)) {
      for (int i = 0; i < 50_000; i++) {
        add(spool, bytes("a" + i), bytes("b" + i));
      }
      RowCursor<IOException> first = spool.read();
      first.next();
      RowCursor<IOException> second = spool.read();
      for (int i = 0; i < 40_000; i++) {
        second.next();
      }
      first.next();
      assertThat(first.value(0)).isEqualTo(bytes("a1"));
      assertThat(second.value(1)).isEqualTo(bytes("b39999"));
      assertThat(read(spool)).hasSize(50_000);
    }
  }

  @Test
  void rowsOfAnySizeComeBackAsTheyWere() throws IOException {
    Random random = new Random(1);
    int[] sizes = {0, 1, 65_535, 65_536, 65_537, 300_000, 5_000_000, 3, 20_000_000, 7, 262_144};
    try (RowSpool spool = new RowSpool(COLUMNS, directory)) {
      for (int size : sizes) {
        add(spool, bytes("" + size), noise(random, size));
      }
      Random again = new Random(1);
      RowCursor<IOException> rows = spool.read();
      for (int size : sizes) {
        rows.next();
        assertThat(rows.value(0)).isEqualTo(bytes("" + size));
        assertThat(Arrays.equals(rows.value(1), noise(again, size))).as("%d bytes", size).isTrue();
      }
      assertThat(rows.next()).isFalse();
    }
  }

  /// Where the memory ends and the file begins, and where one block ends, in every position.
  @Test
  void noBorderIsCrossedWrongly() throws IOException {
    for (int width = 1; width < 40; width++) {
      try (RowSpool spool = new RowSpool(COLUMNS, directory)) {
        int count = 600_000 / (width + 8);
        for (int i = 0; i < count; i++) {
          add(spool, bytes("x".repeat(width)), null);
        }
        RowCursor<IOException> rows = spool.read();
        int read = 0;
        while (rows.next()) {
          assertThat(rows.value(0)).hasSize(width);
          read++;
        }
        assertThat(read).isEqualTo(count);
      }
    }
  }

  @Test
  void aDiskIsNotFilledToItsEnd() throws IOException {
    try (RowSpool spool = new RowSpool(COLUMNS, directory, Long.MAX_VALUE)) {
      add(spool, bytes("few"), null);
      assertThat(read(spool)).containsExactly("few,null");
      assertThatThrownBy(() -> add(spool, new byte[300_000], null))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("MB left");
    }
  }

  private static byte[] noise(Random random, int size) {
    byte[] noise = new byte[size];
    random.nextBytes(noise);
    return noise;
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void add(RowSpool spool, byte @Nullable [] first, byte @Nullable [] second)
      throws IOException {
    spool.add(new TestRow(COLUMNS, Arrays.asList(first, second)));
  }

  private static List<String> read(RowSpool spool) {
    return Site.values(spool).stream().map(row -> row.get(0) + "," + row.get(1)).toList();
  }
}
