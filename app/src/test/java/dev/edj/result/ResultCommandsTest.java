package dev.edj.result;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.api.RunningService;
import dev.edj.cli.CommandLineRun;
import dev.edj.node.NodeRole;
import dev.edj.settings.ServiceSettings;
import dev.edj.testing.TestControlDatabase;
import dev.hardwood.InputFile;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.RowReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// From the command line to the kept rows and back.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResultCommandsTest {

  private static final int NOT_FOUND = 4;
  private static final int ROWS = 5_000;

  private Path data;
  private Path files;
  private TestControlDatabase database;
  private RunningService service;
  private KeptFixture kept;

  @BeforeAll
  void start(@TempDir Path directory) throws IOException {
    data = directory.resolve("data");
    files = Files.createDirectory(directory.resolve("files"));
    database = TestControlDatabase.create();
    service =
        RunningService.start(
            ServiceSettings.in(data)
                .withControlDatabase(database.address())
                .withPort(0)
                .withRoles(Set.of(NodeRole.API)));
    kept = new KeptFixture(database.jdbi());
  }

  @AfterAll
  void stop() {
    service.close();
    database.close();
  }

  @Test
  void resultsAreShownWrittenAndCompared() throws Exception {
    UUID run = kept.run(3, "a");
    kept.keepNames(kept.child(run, "a", "db0"), "x", "y");
    kept.keepNames(kept.child(run, "a", "db1"), "x", "y");
    kept.keepNames(kept.child(run, "a", "db2"), "x", "z");
    kept.end(run, 0);

    assertThat(edj("execution", "results", run.toString(), "--database", "db2").out())
        .isEqualTo("DATABASE  id  name\ndb2        1  x\ndb2        2  z\n");

    Path csv = files.resolve("results.csv");
    assertThat(edj("execution", "results", run.toString(), "--out", csv.toString()).exitCode())
        .isZero();
    assertThat(csv).content().hasLineCount(7).startsWith("server,database,id,name");

    assertThat(edj("execution", "compare", run.toString()).out())
        .isEqualTo(
            """
            2 of 3 agree, with 2 rows; 1 differ:

            1: a/db2
              1 row only here:
                   id  name
                +  2   z
              1 row only there:
                   id  name
                -  2   y
            """);
  }

  @Test
  void manyRowsAreWrittenAsParquet() throws Exception {
    UUID run = kept.run(2, "a");
    String[] names = IntStream.range(0, ROWS).mapToObj(i -> "name " + i).toArray(String[]::new);
    kept.keepNames(kept.child(run, "a", "db0"), names);
    kept.keepNames(kept.child(run, "a", "db1"), names);
    Path file = files.resolve("results.parquet");

    CommandLineRun command = edj("execution", "results", run.toString(), "--out", file.toString());

    assertThat(command.exitCode()).as(command.err()).isZero();
    assertThat(Files.size(file)).isLessThan(ROWS * 20L);
    try (ParquetFileReader reader = ParquetFileReader.open(InputFile.of(file));
        RowReader rows = reader.rowReader()) {
      for (int i = 0; i < 2 * ROWS; i++) {
        assertThat(rows.hasNext()).isTrue();
        rows.next();
        assertThat(rows.getString("name")).isEqualTo("name " + i % ROWS);
      }
      assertThat(rows.getString("database")).isEqualTo("db1");
      assertThat(rows.hasNext()).isFalse();
    }
  }

  @Test
  void whereNothingWasCollectedItSaysWhy() {
    UUID run = kept.run(1, "a");
    kept.end(run, 0);

    CommandLineRun command = edj("execution", "results", run.toString());

    assertThat(command.exitCode()).isEqualTo(NOT_FOUND);
    assertThat(command.err()).contains("there is no such result of execution " + run);
  }

  private CommandLineRun edj(String... words) {
    return CommandLineRun.withService(data, "", words);
  }
}
