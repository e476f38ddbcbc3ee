package dev.edj.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `edj execution results` and `compare`, against a service that answers as prepared.
class ResultsTest {

  private static final String ID = "0198c0de-7a5b-7c3d-8e4f-5a6b7c8d9e0f";
  private static final String NDJSON = "application/x-ndjson";

  @TempDir private Path data;
  @TempDir private Path files;
  private FakeService service;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void start() throws IOException {
    service = new FakeService();
    environment.put("EDJ_DATA", data.toString());
    environment.put("EDJ_URL", service.url());
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void rowsAreATableWithTheDatabasesNameInFront() {
    service.answers(
        200,
        NDJSON,
        child("db0", 2, false)
            + "[1,\"Zoë\"]\n[20,null]\n\n"
            + child("db1", 0, false)
            + child("db2", 5_000, true)
            + "[3,\"a\\nb\\u001b[31m\"]\n");

    CommandLineRun run = run("execution results " + ID);

    assertThat(run)
        .isEqualTo(
            new CommandLineRun(
                0,
                """
                DATABASE  id  name
                db0        1  Zoë
                db0       20  NULL
                db2        3  a b\uFFFD[31m
                """,
                """
                db2 returned 5,000 rows, of which only the first are kept
                1 database returned no rows
                """));
    assertThat(service.lines())
        .containsExactly("GET /api/v1/executions/%s/results?format=rows".formatted(ID));
  }

  @Test
  void otherColumnsAreAnotherTableAndServersAreShownWhereTheyDiffer() {
    service.answers(
        200,
        NDJSON,
        child("db0", 1, false)
            + "[1,\"x\"]\n"
            + child("db0", 1, false)
                .replace("\"server\":\"a\"", "\"server\":\"b\"")
                .replace("\"name\":\"id\"", "\"name\":\"number\"")
            + "[1,\"x\"]\n");

    assertThat(run("execution results " + ID).out())
        .isEqualTo(
            """
            SERVER  DATABASE  id  name
            a       db0        1  x

            SERVER  DATABASE  number  name
            b       db0            1  x
            """);
  }

  @Test
  void onlyTheFirstRowsAreShown() {
    service.answers(200, NDJSON, child("db0", 3, false) + "[1,\"x\"]\n[2,\"y\"]\n[3,\"z\"]\n");

    CommandLineRun run = run("execution results " + ID + " --limit 2");

    assertThat(run.out().lines()).hasSize(3);
    assertThat(run.err()).isEqualTo("… more; use --out FILE, or a greater --limit (0 is all)\n");
  }

  @Test
  void aTableIsNoWiderThanItsTerminal() {
    service.answers(200, NDJSON, child("db0", 1, false) + "[1,\"" + "x".repeat(200) + "\"]\n");
    environment.put("COLUMNS", "40");

    CommandLineRun run = run(true, "execution results " + ID);

    assertThat(run.out().lines().map(line -> line.replaceAll("\u001b\\[[0-9]*m", "")))
        .allMatch(line -> line.length() <= 40)
        .anyMatch(line -> line.endsWith("xxx…"));
  }

  @Test
  void filtersAreHandedOn() {
    service.answers(200, "text/csv", "server,database\r\n");

    run(
        "execution results "
            + ID
            + " --format csv --server s --database d --step x --lifecycle failed");

    assertThat(service.lines())
        .containsExactly(
            "GET /api/v1/executions/%s/results?format=csv&server=s&database=d&step=x&lifecycle=Failed"
                .formatted(ID));
  }

  @Test
  void bytesAreWrittenAsTheyAre() throws IOException {
    service.answers(200, "text/csv", "server,database,id\r\na,db0,1\r\n");
    assertThat(run("execution results " + ID + " --format csv").out())
        .isEqualTo("server,database,id\r\na,db0,1\r\n");

    service.answers(200, "text/csv", "new");
    Path file = Files.writeString(files.resolve("r.csv"), "old");
    CommandLineRun run = run("execution results " + ID + " --out " + file);
    assertThat(run).isEqualTo(new CommandLineRun(0, "Written to " + file + "\n", ""));
    assertThat(file).hasContent("new");
    assertThat(filesThere()).containsExactly("r.csv");
  }

  @Test
  void jsonIsJsonLines() {
    service.answers(200, NDJSON, "{\"server\":\"a\"}\n\n{\"server\":\"b\"}\n");

    assertThat(run("execution results " + ID + " -o json").out())
        .isEqualTo("{\"server\":\"a\"}\n{\"server\":\"b\"}\n");
    assertThat(service.lines().getFirst()).endsWith("format=jsonl");
  }

  @ParameterizedTest
  @CsvSource({"x.jsonl, jsonl", "x.ndjson, jsonl", "x.parquet, parquet", "x.CSV, csv"})
  void theEndingOfTheFileSaysTheFormat(String name, String format) {
    service.answers(200, NDJSON, "{\"server\":\"a\"}\n");

    run("execution results " + ID + " --out " + files.resolve(name));

    assertThat(service.lines().getFirst()).endsWith("format=" + format);
  }

  @Test
  void whatIsBrokenOffLeavesNothingBehind() throws IOException {
    Path file = Files.writeString(files.resolve("r.csv"), "old");
    service.breaksOffAfter("text/csv", "server,database\r\n");

    CommandLineRun run = run("execution results " + ID + " --out " + file);

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("broke off");
    assertThat(file).hasContent("old");
    assertThat(filesThere()).containsExactly("r.csv");
  }

  @Test
  void whatTheServiceGaveUpForIsSaid() throws IOException {
    String answer =
        "{\"server\":\"a\"}\n{\"error\":{\"status\":409,\"code\":\"X\",\"detail\":\"it is gone\"}}\n";
    service.breaksOffAfter(NDJSON, answer);
    CommandLineRun run = run("execution results " + ID + " --out " + files.resolve("r.jsonl"));
    assertThat(run).isEqualTo(new CommandLineRun(5, "", "edj: it is gone\n"));
    assertThat(filesThere()).isEmpty();

    service.breaksOffAfter(
        NDJSON, child("db0", 1, false) + "[1,\"x\"]\n" + answer.lines().toList().getLast() + "\n");
    assertThat(run("execution results " + ID))
        .isEqualTo(new CommandLineRun(5, "", "edj: it is gone\n"));
  }

  @Test
  void aProblemIsOneWithTheCodeItHasElsewhere() throws IOException {
    service.answers(
        404, "application/problem+json", "{\"status\":404,\"detail\":\"there is no such result\"}");

    CommandLineRun run = run("execution results " + ID + " --out " + files.resolve("r.csv"));

    assertThat(run).isEqualTo(new CommandLineRun(4, "", "edj: there is no such result\n"));
    assertThat(filesThere()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--format table --out /tmp/x.csv | a table is for people",
        "--format csv --limit 5 | --limit is for tables",
        "--out /tmp/x.xls | does not say which",
        "--limit -1 | must not be negative"
      })
  void whatDoesNotGoTogetherIsRefused(String options, String sentence) {
    CommandLineRun run = run("execution results " + ID + " " + options);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains(sentence);
    assertThat(service.requests()).isEmpty();
  }

  @Test
  void parquetIsNothingForATerminalAndAFileHasToBeOne() {
    assertThat(run(true, "execution results " + ID + " --format parquet").err())
        .contains("nothing for a terminal");
    service.answers(200, "text/csv", "x");
    assertThat(run("execution results " + ID + " --format csv --out " + files).err())
        .contains("is no ordinary file");
    service.answers(200, "text/csv", "x");
    CommandLineRun nowhere =
        run("execution results " + ID + " --out " + files.resolve("no/such/x.csv"));
    assertThat(nowhere.exitCode()).isEqualTo(2);
    assertThat(nowhere.err()).contains("cannot write");
  }

  @Test
  void aComparisonSaysWhoAgreesAndHowTheOthersDiffer() {
    service.answers(
        """
        {"executionId": "%s", "steps": [{
          "stepId": 1, "step": "List",
          "children": {"created": 0, "inProgress": 0, "waitingForRetry": 0, "succeeded": 1000, "failed": 2,
                       "timedOut": 1, "canceled": 0, "skipped": 0},
          "compared": 999, "withoutResult": 1, "groupCount": 2,
          "groups": [
            {"size": 996, "children": [{"executionId": "%s", "server": "a", "database": "db0"}], "rowCount": 12,
             "difference": null},
            {"size": 3, "children": [{"executionId": "%s", "server": "a", "database": "db8"},
                                     {"executionId": "%s", "server": "a", "database": "db9"}], "rowCount": 11,
             "difference": {"columns": ["id", "name"], "columnsOnlyHere": ["new"], "columnsOnlyThere": [],
               "columnsOfOtherType": [], "onlyHere": {"count": 0, "first": []},
               "onlyThere": {"count": 25, "first": [["1", null]]}, "firstRowsOnly": true}}]}]}
        """
            .formatted(ID, ID, ID, ID));

    assertThat(run("execution compare " + ID))
        .isEqualTo(
            new CommandLineRun(
                0,
                """
                996 of 999 agree, with 12 rows; 3 differ:
                Besides: 3 failed, 1 without a result.

                3: a/db8, a/db9 and 1 more
                  has columns that the others do not have: new
                  25 rows only there:
                       id  name
                    -  1   NULL
                  … and 24 more
                  Only the first rows were compared; those behind them may differ, too.
                """,
                ""));
  }

  @Test
  void whereAllAgreeThatIsAllThereIsToSay() {
    service.answers(
        """
        {"executionId": "%s", "steps": [{
          "stepId": 1, "step": "List",
          "children": {"created": 0, "inProgress": 0, "waitingForRetry": 0, "succeeded": 1000, "failed": 0,
                       "timedOut": 0, "canceled": 0, "skipped": 0},
          "compared": 1000, "withoutResult": 0, "groupCount": 1,
          "groups": [{"size": 1000, "children": [], "rowCount": 1, "difference": null}]}]}
        """
            .formatted(ID));

    assertThat(run("execution compare " + ID).out()).isEqualTo("All 1,000 agree, with 1 row.\n");
  }

  private static String child(String database, long rowCount, boolean truncated) {
    return """
    {"executionId":"%s","step":"List","server":"a","database":"%s",\
    "columns":[{"name":"id","type":"INTEGER"},{"name":"name","type":"TEXT"}],"rowCount":%d,"truncated":%s}
    """
        .formatted(ID, database, rowCount, truncated);
  }

  private List<String> filesThere() throws IOException {
    try (Stream<Path> found = Files.list(files)) {
      return found.map(file -> file.getFileName().toString()).toList();
    }
  }

  private CommandLineRun run(String line) {
    return CommandLineRun.of(environment, "", line.split(" "));
  }

  private CommandLineRun run(boolean onTerminal, String line) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            new ByteArrayInputStream(new byte[0]),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            onTerminal,
            onTerminal,
            environment,
            Path.of("/nowhere"),
            Clock.systemUTC());
    int exitCode = new Cli(terminal).run(line.split(" "));
    return new CommandLineRun(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
