package dev.edj.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.testing.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// What administrators do with what scripts return: read it, compare it, send it to a table.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResultsIT {

  private static final String FLEET = "fleet";

  private RunningEdj edj;
  private List<String> databases;

  @BeforeAll
  void start(@TempDir Path directory) {
    edj = RunningEdj.start(directory.resolve("data"));
    databases = new Targets(edj, FLEET).createCollection(3);
  }

  @AfterAll
  void stop() {
    edj.close();
  }

  @Test
  void whatEveryDatabaseReturnedIsReadAndCompared(@TempDir Path directory) throws IOException {
    String odd = databases.getFirst();
    String run =
        run("kept", "SELECT current_database() = '%s' AS odd, 7 AS size".formatted(odd), List.of());

    assertThat(edj.done("execution", "results", run)).contains("odd", "size").contains(databases);
    Path file = directory.resolve("kept.csv");
    edj.done("execution", "results", run, "--out", file.toString());
    assertThat(Files.readAllLines(file))
        .hasSize(4)
        .first()
        .asString()
        .isEqualTo("server,database,odd,size");
    assertThat(edj.done("execution", "compare", run)).contains("2 of 3 agree", odd);
  }

  @Test
  void whatEveryDatabaseReturnedIsSentToATableAndReadThere(@TempDir Path directory)
      throws Exception {
    String reports = PostgresServer.shared().createDatabase();
    String run =
        run(
            "sent",
            "SELECT n, current_database() AS own FROM generate_series(1, 5) n",
            List.of(
                "--destination-server",
                Targets.server(),
                "--destination-database",
                reports,
                "--destination-table",
                "collected",
                "--destination-credential",
                FLEET,
                "--destination-source-columns"));
    assertThat(
            asked(
                reports,
                """
                SELECT count(*) || ' ' || count(DISTINCT internal_execution_id) || ' '
                  || count(*) FILTER (WHERE own = source_database)
                FROM collected
                """))
        .isEqualTo("15 3 15");
    assertThat(
            asked(reports, "SELECT count(*) FROM pg_indexes WHERE indexdef LIKE '%internal_exec%'"))
        .isEqualTo("1");

    Path file = directory.resolve("sent.jsonl");
    edj.done("execution", "results", run, "--out", file.toString());
    assertThat(Files.readAllLines(file)).hasSize(15).allMatch(line -> line.contains("\"own\""));
    assertThat(edj.done("execution", "compare", run)).contains("differ");
  }

  private String run(String name, String script, List<String> options) {
    edj.done("content", "create", name, "--text", script);
    List<String> create =
        new ArrayList<>(
            List.of(
                "job",
                "create",
                name,
                "--content",
                name,
                "--credential",
                FLEET,
                "--target",
                FLEET));
    create.addAll(options);
    edj.done(create.toArray(String[]::new));
    String run = edj.start(name);
    assertThat(edj.awaitEnd(run)).isEqualTo("Succeeded");
    return run;
  }

  private static String asked(String database, String query) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:postgresql://localhost:%d/%s"
                    .formatted(PostgresServer.shared().port(), database),
                PostgresServer.USER,
                PostgresServer.PASSWORD);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }
}
