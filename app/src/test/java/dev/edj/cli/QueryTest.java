package dev.edj.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Queries to a service that answers as prepared.
class QueryTest {

  private static final String ID = "0198c0de-7a5b-7c3d-8e4f-5a6b7c8d9e0f";
  private static final String ROWS = "application/x-ndjson";
  private static final String NOTHING = "{\"items\":[],\"next\":null}";

  private FakeService service;

  @BeforeEach
  void start() throws IOException {
    service = new FakeService();
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void rowsHaveTheNameOfTheirDatabaseInFront() {
    answers(
        head("s1", "alpha", 2, false, "n:INTEGER", "name:TEXT")
            + "[7,\"first\"]\n[12345,null]\n"
            + "\n"
            + head("s1", "beta", 1, false, "n:INTEGER", "name:TEXT")
            + "[8,\"ein\\nandrer\\u001b[31m\"]\n");
    ended("Succeeded", 2, 0);
    CommandLineRun run = run("query", "SELECT 1", "--target", "t");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .isEqualTo(
            """
            DATABASE      n  name
            alpha         7  first
            alpha     12345  NULL
            beta          8  ein andrer\uFFFD[31m
            """);
    assertThat(run.err()).isEqualTo("2 of 2 databases answered, 3 rows (execution " + ID + ")\n");
    assertThat(service.lines())
        .startsWith(
            "POST /api/v1/queries",
            "GET /api/v1/executions/" + ID + "/results?format=rows&follow=true&stopWhenGone=true");
  }

  @Test
  void otherColumnsBeginAnotherTableAndSeveralServersAreTold() {
    answers(
        head("s1", "a", 1, false, "n:INTEGER")
            + "[1]\n"
            + head("s2", "a", 1, false, "n:INTEGER")
            + "[2]\n"
            + head("s2", "b", 1, false, "x:TEXT")
            + "[\"y\"]\n");
    ended("Succeeded", 3, 0);
    assertThat(run("query", "SELECT 1", "--target", "t").out())
        .isEqualTo(
            """
            SERVER  DATABASE  n
            s1      a         1
            s2      a         2

            SERVER  DATABASE  x
            s2      b         y
            """);
  }

  @Test
  void whatFailedIsToldAtTheEndByItsMessage() {
    answers(head("s1", "alpha", 1, false, "n:INTEGER") + "[1]\n");
    service
        .answers(execution("Failed", 1, 3, 0))
        .answers(
            children(
                child("s1", "beta", "no such table"),
                child("s1", "gamma", "no such table"),
                child("s2", "delta", "no login\nat all")))
        .answers(NOTHING)
        .answers(NOTHING);
    CommandLineRun run = run("query", "SELECT 1", "--target", "t");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains("alpha").doesNotContain("beta");
    assertThat(run.err())
        .isEqualTo(
            """
            2 databases:
              no such table
              on s1/beta, s1/gamma
            s2/delta:
              no login
              at all
            1 of 4 databases answered, 1 row, 3 failed (execution %s)
            """
                .formatted(ID));
  }

  @Test
  void whereNotAllRowsAreKeptItIsToldHowManyThereWere() {
    answers(
        head("s1", "big", 12_345, true, "n:INTEGER")
            + "[1]\n[2]\n"
            + head("s1", "last", 7, true, "n:INTEGER"));
    ended("Succeeded", 2, 0);
    assertThat(run("query", "SELECT 1", "--target", "t").err())
        .contains(
            "big returned 12,345 rows; the first 2 are shown",
            "last returned 7 rows; the first 0 are shown",
            "2 of 2 databases answered, 2 rows");
  }

  @Test
  void jsonLinesKeepEveryDigitAndEveryColumn() {
    answers(
        head("s1", "a", 1, false, "n:DECIMAL", "N:DOUBLE", ":TEXT", "database:TEXT")
            + "[1.10,2.5E-10,null,\"x\"]\n");
    ended("Succeeded", 1, 0);
    CommandLineRun run = run("query", "SELECT 1", "--target", "t", "--format", "jsonl");
    assertThat(run.out())
        .isEqualTo(
            "{\"server\":\"s1\",\"database\":\"a\",\"n\":1.10,\"N_2\":2.5E-10,\"column3\":null,\"database_2\":\"x\"}\n");

    answers(head("s1", "a", 1, false, "n:INTEGER") + "[1]\n");
    ended("Succeeded", 1, 0);
    assertThat(run("query", "SELECT 1", "--target", "t", "-o", "json").out())
        .isEqualTo("{\"server\":\"s1\",\"database\":\"a\",\"n\":1}\n");
  }

  @Test
  void csvIsReadWhenAllColumnsAreKnown() {
    answers(head("s1", "a", 1, false, "n:INTEGER") + "[1]\n");
    service.answers(200, "text/csv", "server,database,n\r\ns1,a,1\r\n");
    ended("Succeeded", 1, 0);
    CommandLineRun run = run("query", "SELECT 1", "--target", "t", "--format", "csv");
    assertThat(run.out()).isEqualTo("server,database,n\r\ns1,a,1\r\n");
    assertThat(run.err()).contains("1 row ");

    answers("");
    ended("Succeeded", 1, 0);
    assertThat(run("query", "UPDATE t SET a = 1", "--target", "t", "--format", "csv").out())
        .isEmpty();
  }

  @Test
  void whatIsAskedIsWhatTheOptionsSay() {
    answers("");
    ended("Succeeded", 0, 0);
    CommandLineRun run =
        CommandLineRun.of(
            Map.of("EDJ_URL", service.url(), "EDJ_TOKEN", "t"),
            "SELECT $(a)",
            "query",
            "--file",
            "-",
            "--target",
            "tenants",
            "--credential",
            "c",
            "--write",
            "--timeout",
            "30s",
            "--max-rows",
            "5",
            "--param",
            "a=1");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(service.requests().getFirst().body().replaceAll("\\s", ""))
        .isEqualTo(
            "{\"script\":\"SELECT$(a)\",\"target\":\"tenants\",\"credential\":\"c\",\"readOnly\":false,"
                + "\"parameters\":{\"a\":\"1\"},\"secrets\":{},\"timeout\":\"PT30S\",\"maxRows\":5}");
  }

  @Test
  void aScriptThatIsRefusedIsToldByTheExecutionsMessage() {
    answers("");
    service
        .answers(
            execution("Failed", 0, 0, 0)
                .replace("\"job\":", "\"message\":\"batch 1 says COMMIT\",\"job\":"))
        .answers(NOTHING)
        .answers(NOTHING)
        .answers(NOTHING);
    CommandLineRun run = run("query", "COMMIT", "--target", "t");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).startsWith("batch 1 says COMMIT\n0 of 0 databases answered");
  }

  @Test
  void anAnswerThatIsBrokenOffIsNoSuccess() {
    answers(
        head("s1", "a", 1, false, "n:INTEGER")
            + "{\"error\":{\"status\":503,\"detail\":\"stopping\"}}\n");
    CommandLineRun run = run("query", "SELECT 1", "--target", "t");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("stopping");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "query --target t | give either the script itself, or --file",
        "query SELECT --file x --target t | give either the script itself, or --file",
        "query SELECT | --target",
        "query SELECT --target t --format xml | expected one of"
      })
  void badUsageIsASentence(String line, String sentence) {
    CommandLineRun run = run(line.split(" "));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains(sentence);
  }

  @Test
  void itsHelpSaysWhatItDoes() {
    assertThat(run("query", "--help").out())
        .contains("without a job", "only reads", "Ctrl-C cancels it everywhere");
  }

  private CommandLineRun run(String... words) {
    return CommandLineRun.of(Map.of("EDJ_URL", service.url(), "EDJ_TOKEN", "t"), "", words);
  }

  /// The start, and what then comes.
  private void answers(String rows) {
    service.answers(202, "application/json", execution("Created", 0, 0, 0));
    service.answers(200, ROWS, rows);
  }

  private void ended(String lifecycle, int succeeded, int failed) {
    service
        .answers(execution(lifecycle, succeeded, failed, 0))
        .answers(NOTHING)
        .answers(NOTHING)
        .answers(NOTHING);
  }

  private static String head(
      String server, String database, long rowCount, boolean truncated, String... columns) {
    List<String> described = new ArrayList<>();
    for (String column : columns) {
      int colon = column.indexOf(':');
      described.add(
          "{\"name\":\"%s\",\"type\":\"%s\"}"
              .formatted(column.substring(0, colon), column.substring(colon + 1)));
    }
    return "{\"executionId\":\"%s\",\"step\":\"Query\",\"server\":\"%s\",\"database\":\"%s\",\"columns\":[%s],\"rowCount\":%d,\"truncated\":%s}\n"
        .formatted(ID, server, database, String.join(",", described), rowCount, truncated);
  }

  private static String children(String... children) {
    return "{\"items\":[" + String.join(",", children) + "],\"next\":null}";
  }

  private static String child(String server, String database, String message) {
    return execution("Failed", 0, 0, 0)
        .replace(
            "\"job\":",
            "\"parentId\":\"%s\",\"server\":\"%s\",\"database\":\"%s\",\"message\":\"%s\",\"job\":"
                .formatted(ID, server, database, message.replace("\n", "\\n")));
  }

  private static String execution(String lifecycle, int succeeded, int failed, int canceled) {
    return """
    {"id":"%s","job":"query-%s","jobVersion":1,"purpose":"Query","content":"c","contentVersion":1,"credential":"c",
     "policy":"p","target":"t","lifecycle":"%s","attempt":0,"createdAt":"2026-01-31T10:00:00Z",
     "cancelRequested":false,"createdBy":"me","children":{"created":0,"inProgress":0,
     "waitingForRetry":0,"succeeded":%d,"failed":%d,"timedOut":0,"canceled":%d,"skipped":0}}\
    """
        .formatted(ID, ID, lifecycle, succeeded, failed, canceled);
  }
}
