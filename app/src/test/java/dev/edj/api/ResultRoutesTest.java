package dev.edj.api;

import static dev.edj.result.KeptFixture.COLUMNS;
import static dev.edj.result.KeptFixture.numbered;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edj.Wiring;
import dev.edj.result.KeptFixture;
import dev.edj.security.LocalToken;
import dev.edj.settings.ServiceSettings;
import dev.edj.testing.TestControlDatabase;
import dev.hardwood.InputFile;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.RowReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Results over HTTP: each format with its type, and an answer that cannot be finished is not taken
/// for a whole one.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResultRoutesTest {

  /// Rows of about 1 MB, far more than is held back.
  private static final String[] MANY =
      IntStream.range(0, 20_000).mapToObj("%040d"::formatted).toArray(String[]::new);

  private final HttpClient http = HttpClient.newHttpClient();
  private TestControlDatabase database;
  private Wiring wiring;
  private ApiServer server;
  private Client client;
  private KeptFixture kept;

  @BeforeAll
  void start(@TempDir Path directory) {
    database = TestControlDatabase.create();
    ServiceSettings settings =
        ServiceSettings.in(directory).withControlDatabase(database.address()).withPort(0);
    wiring = Wiring.open(settings);
    server = ApiServer.start(wiring, settings);
    client = new Client(server.url(), LocalToken.open(directory).text());
    kept = new KeptFixture(database.jdbi());
  }

  @AfterAll
  void stop() {
    server.close();
    wiring.close();
    database.close();
  }

  @Test
  void eachFormatHasItsTypeAndItsFileName() throws Exception {
    UUID run = kept.run(1, "a");
    kept.keepNames(kept.child(run, "a", "db0"), "x");

    Answer rows = client.get("executions/%s/results".formatted(run));
    assertThat(rows.status()).isEqualTo(200);
    assertThat(rows.header("Content-Type")).isEqualTo("application/x-ndjson");
    assertThat(rows.header("Content-Disposition"))
        .isEqualTo("attachment; filename=\"results-%s.ndjson\"".formatted(run));
    assertThat(rows.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(rows.text()).startsWith("{\"executionId\":").endsWith("\n[1,\"x\"]\n");

    assertThat(client.get("executions/%s/results?format=jsonl".formatted(run)).text())
        .isEqualTo("{\"server\":\"a\",\"database\":\"db0\",\"id\":1,\"name\":\"x\"}\n");

    Answer csv = client.get("executions/%s/results?format=csv&database=db0".formatted(run));
    assertThat(csv.header("Content-Type")).isEqualTo("text/csv;header=present;charset=UTF-8");
    assertThat(csv.text()).isEqualTo("server,database,id,name\r\na,db0,1,x\r\n");

    HttpResponse<byte[]> parquet =
        http.send(
            client.request("executions/%s/results?format=parquet".formatted(run)).build(),
            BodyHandlers.ofByteArray());
    assertThat(parquet.headers().firstValue("Content-Type"))
        .contains("application/vnd.apache.parquet");
    try (ParquetFileReader reader =
            ParquetFileReader.open(InputFile.of(ByteBuffer.wrap(parquet.body())));
        RowReader row = reader.rowReader()) {
      assertThat(row.hasNext()).isTrue();
      row.next();
      assertThat(row.getString("database")).isEqualTo("db0");
      assertThat(row.getInt("id")).isEqualTo(1);
      assertThat(row.getString("name")).isEqualTo("x");
    }
  }

  @Test
  void whatCannotBeAskedForIsAProblem() {
    UUID run = kept.run(1, "a");
    String results = "executions/%s/results".formatted(run);

    assertThat(client.get(results).problem()).isEqualTo("409 NOT_ENDED");
    assertThat(client.get("executions/%s/comparison".formatted(run)).problem())
        .isEqualTo("409 NOT_ENDED");
    kept.end(run, 0);
    assertThat(client.get(results).problem()).isEqualTo("404 NO_RESULTS");
    assertThat(client.get(results + "?format=csv").header("Content-Type"))
        .isEqualTo("application/problem+json");
    assertThat(client.get(results + "?format=csv").header("Content-Disposition")).isEmpty();
    assertThat(client.get(results + "?format=xls").problem()).isEqualTo("400 INVALID_FIELD format");
    assertThat(client.get(results + "?format=csv&follow=true").problem())
        .isEqualTo("400 INVALID_FIELD follow");
    assertThat(client.get(results + "?follow=true&stopWhenGone=true").problem())
        .as("reading stops no run of a job")
        .isEqualTo("400 INVALID_FIELD stopWhenGone");
    assertThat(client.get(results + "?lifecycle=Done").problem())
        .isEqualTo("400 INVALID_FIELD lifecycle");
    assertThat(client.get(results + "?step=none").problem()).isEqualTo("404 NOT_FOUND");
    assertThat(client.get("executions/%s/results".formatted(UUID.randomUUID())).problem())
        .isEqualTo("404 NOT_FOUND");
    assertThat(client.get("executions/x/results").problem()).isEqualTo("400 INVALID_FIELD id");
  }

  @Test
  void aFailureBeforeAnythingIsSentIsAProblem() {
    UUID run = kept.run(1, "a");
    kept.keepBroken(kept.child(run, "a", "db0"), COLUMNS, numbered("x"));

    for (String format : List.of("rows", "jsonl", "csv", "parquet")) {
      assertThat(client.get("executions/%s/results?format=%s".formatted(run, format)).problem())
          .isEqualTo("404 NO_RESULTS");
    }
  }

  @Test
  void aFailureInTheMiddleIsSaidByJsonAndBreaksTheConnectionOfOthersOff() throws Exception {
    UUID run = kept.run(2, "a");
    kept.keepNames(kept.child(run, "a", "db0"), MANY);
    kept.keepBroken(kept.child(run, "a", "db1"), COLUMNS, numbered("x"));

    for (String format : List.of("rows", "jsonl")) {
      Answer answer = client.get("executions/%s/results?format=%s".formatted(run, format));
      assertThat(answer.status()).isEqualTo(200);
      JsonNode last = JsonMapper.shared().readTree(answer.text().lines().toList().getLast());
      assertThat(last.at("/error/status").asInt()).isEqualTo(404);
      assertThat(last.at("/error/code").asString()).isEqualTo("NO_RESULTS");
      assertThat(last.at("/error/detail").asString()).contains("removed while");
    }
    HttpResponse<InputStream> csv =
        http.send(
            client.request("executions/%s/results?format=csv".formatted(run)).build(),
            BodyHandlers.ofInputStream());
    assertThat(csv.statusCode()).isEqualTo(200);
    try (InputStream body = csv.body()) {
      assertThatThrownBy(body::readAllBytes).isInstanceOf(IOException.class);
    }
  }

  @Test
  @Timeout(60)
  void resultsAreFollowedUntilTheExecutionHasEnded() throws Exception {
    UUID run = kept.run(2, "a");
    HttpResponse<InputStream> response =
        http.send(
            client.request("executions/%s/results?format=jsonl&follow=true".formatted(run)).build(),
            BodyHandlers.ofInputStream());
    try (BufferedReader lines = new BufferedReader(new InputStreamReader(response.body(), UTF_8))) {
      kept.keepNames(kept.child(run, "a", "db1"), "x");
      assertThat(lines.readLine()).contains("\"db1\"");
      kept.keepNames(kept.child(run, "a", "db0"), "y");
      assertThat(lines.readLine()).contains("\"db0\"");
      kept.end(run, 0);
      assertThat(lines.readLine()).isNull();
    }
  }

  @Test
  void aComparisonSaysWhoAgrees() {
    UUID run = kept.run(3, "a");
    kept.keepNames(kept.child(run, "a", "db0"), "x");
    kept.keepNames(kept.child(run, "a", "db1"), "x");
    kept.keepNames(kept.child(run, "a", "db2"), "y");

    JsonNode step = client.get("executions/%s/comparison".formatted(run)).json().at("/steps/0");

    assertThat(step.get("compared").asInt()).isEqualTo(3);
    assertThat(step.at("/groups/0/size").asInt()).isEqualTo(2);
    assertThat(step.at("/groups/0/difference").isNull()).isTrue();
    assertThat(step.at("/groups/1/children/0/database").asString()).isEqualTo("db2");
    assertThat(step.at("/groups/1/difference/onlyHere/first/0/1").asString()).isEqualTo("y");
    assertThat(step.at("/groups/1/difference/onlyThere/first/0/1").asString()).isEqualTo("x");
  }

  @Test
  void theDocumentNamesTheFormats() {
    JsonNode get =
        client.get("/openapi.json").json().at("/paths/~1api~1v1~1executions~1{id}~1results/get");

    assertThat(get.at("/responses/200/content").propertyNames())
        .containsExactlyInAnyOrder(
            "application/x-ndjson", "text/csv", "application/vnd.apache.parquet");
    assertThat(get.at("/responses").propertyNames()).contains("400", "404", "409");
  }
}
