package dev.edj.api;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A bad request is told what is wrong with it and where.
class ErrorsTest {

  private static final int LIMIT = 24 * 1024 * 1024;

  private final Client client = TestService.shared().client();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // No JSON
        "contents | {                                      | 400 INVALID_BODY",
        "contents | hello                                  | 400 INVALID_BODY",
        "contents | ``                                     | 400 INVALID_BODY",
        "contents | null                                   | 400 INVALID_BODY",
        "contents | []                                     | 400 INVALID_BODY",
        "contents | {\"name\": \"a\", \"text\": \"b\"} x   | 400 INVALID_BODY",
        "contents | {\"name\": \"a\", \"name\": \"b\"}     | 400 INVALID_BODY",
        // Missing, unknown, of the wrong type
        "contents | {\"text\": \"SELECT 1\"}               | 400 INVALID_FIELD name",
        "contents | {\"name\": null, \"text\": \"b\"}      | 400 INVALID_FIELD name",
        "contents | {\"name\": 1, \"text\": \"b\"}         | 400 INVALID_FIELD name",
        "contents | {\"name\": true, \"text\": \"b\"}      | 400 INVALID_FIELD name",
        "contents | {\"name\": [\"a\"], \"text\": \"b\"}   | 400 INVALID_FIELD name",
        "contents | {\"name\": {}, \"text\": \"b\"}        | 400 INVALID_FIELD name",
        "contents | {\"name\": \"\", \"text\": \"b\"}      | 400 INVALID_FIELD name",
        "contents | {\"name\": \"\\u0000\", \"text\": \"\"} | 400 INVALID_FIELD name",
        "contents | {\"name\": \"a\", \"text\": \"\\u0000\"} | 400 INVALID_FIELD text",
        "contents | {\"name\": \"a\", \"text\": \"\\ud800\"} | 400 INVALID_FIELD text",
        "contents | {\"name\": \"a\", \"text\": \"b\", \"colour\": 1} | 400 INVALID_FIELD colour",
        "policies | {\"name\": \"a\", \"retry\": \"never\"} | 400 INVALID_FIELD retry",
        "policies | {\"name\": \"a\", \"retry\": 0}        | 400 INVALID_FIELD retry",
        "policies | {\"name\": \"a\", \"retry\": \"\"}     | 400 INVALID_FIELD retry",
        "policies | {\"name\": \"a\", \"maximumAttempts\": 1.5} | 400 INVALID_FIELD maximumAttempts",
        "policies | {\"name\": \"a\", \"maximumAttempts\": \"1\"} | 400 INVALID_FIELD maximumAttempts",
        "policies | {\"name\": \"a\", \"maximumAttempts\": 99999999999} | 400 INVALID_FIELD maximumAttempts",
        "policies | {\"name\": \"a\", \"jobTimeout\": 30}  | 400 INVALID_FIELD jobTimeout",
        "policies | {\"name\": \"a\", \"jobTimeout\": \"30s\"} | 400 INVALID_FIELD jobTimeout",
        "policies | {\"name\": \"a\", \"transientErrors\": [1]} | 400 INVALID_FIELD transientErrors[0]",
        "policies | {\"name\": \"a\", \"transientErrors\": [null]} | 400 INVALID_FIELD transientErrors[0]",
        "jobs     | {\"name\": \"a\", \"steps\": [{}]}     | 400 INVALID_FIELD steps[0].content",
        "targets  | {\"kind\": \"Server\", \"settings\": {\"tsl\": 1}} | 400 INVALID_FIELD settings.tsl",
        "policies | {\"name\": \"a\", \"destinationFailure\": \"run-again\"} | 400 INVALID_FIELD destinationFailure",
        "jobs     | {\"name\": \"a\", \"steps\": {}}       | 400 INVALID_FIELD steps",
        "jobs     | {\"name\": \"a\", \"steps\": [null]}   | 400 INVALID_FIELD steps[0]"
      })
  void aBadBodyIsRefusedWithItsField(String route, String body, String problem) {
    Answer answer = client.post(route, body);

    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.problem()).as(answer.text()).isEqualTo(problem);
    assertThat(answer.text()).doesNotContain("Exception").doesNotContain("dev.edj");
  }

  @Test
  void aMessageNamesThePossibilities() {
    assertThat(detail(client.post("policies", "{\"name\": \"a\", \"retry\": \"never\"}")))
        .isEqualTo("retry: must be one of all, transient");
    assertThat(
            detail(
                client.post("contents", "{\"name\": \"a\", \"text\": \"b\", \"coment\": \"c\"}")))
        .isEqualTo("coment: there is no such field; there are comment, dacpacUri, name, text");
    assertThat(detail(client.get("executions?lifecycle=Done")))
        .startsWith("lifecycle: must be one of Created, InProgress");
    assertThat(detail(client.get("targets?kin=Database")))
        .isEqualTo(
            "kin: there is no such parameter; there are after, database, kind, limit, name, server");
  }

  @Test
  void aRefusedPasswordIsNotRepeated() {
    Answer answer =
        client.post(
            "credentials", "{\"name\": \"a\", \"userName\": \"b\", \"password\": [\"s3cret\"]}");

    assertThat(answer.problem()).isEqualTo("400 INVALID_FIELD password");
    assertThat(answer.text()).doesNotContain("s3cret");
  }

  @ParameterizedTest
  @CsvSource({
    "executions/not-a-uuid, 400 INVALID_FIELD id",
    "executions/%20, 400 INVALID_FIELD id",
    "executions/%E2%80%A8/plan, 400 INVALID_FIELD id",
    "executions/wait?id=%E2%80%A8, 400 INVALID_FIELD id",
    "executions?limit=%20, 400 INVALID_FIELD limit",
    "executions/not-a-uuid/tasks, 400 INVALID_FIELD id",
    "executions?parent=x, 400 INVALID_FIELD parent",
    "executions?lifecycle=Done, 400 INVALID_FIELD lifecycle",
    "executions?limit=0, 400 INVALID_FIELD limit",
    "executions?limit=1001, 400 INVALID_FIELD limit",
    "executions?limit=many, 400 INVALID_FIELD limit",
    "executions?includeInactive=perhaps, 400 INVALID_FIELD includeInactive",
    "executions?createdFrom=yesterday, 400 INVALID_FIELD createdFrom",
    "executions?createdFrom=-999999999-01-01T00:00:00Z, 400 INVALID_FIELD createdFrom",
    "executions?createdFrom=%2B999999999-01-01T00:00:00Z, 400 INVALID_FIELD createdFrom",
    "executions?createdTo=0000-12-31T23:59:59Z, 400 INVALID_FIELD createdTo",
    "executions?createdTo=%2B10000-01-01T00:00:00Z, 400 INVALID_FIELD createdTo",
    "executions/00000000-0000-0000-0000-000000000000/children?createdTo=%2B10000-01-01T00:00:00Z, 400 INVALID_FIELD createdTo",
    "executions?after=1, 400 INVALID_FIELD after",
    "executions?after=00000000-0000-4000-8000-000000000000, 400 INVALID_FIELD after",
    "executions?parent=00000000-0000-0000-0000-000000000000, 404 NOT_FOUND",
    "executions?job=none, 404 NOT_FOUND",
    "executions?server=a&lifecycle=SucceededWithSkipped, 400 INVALID_FIELD lifecycle",
    "executions?startedFrom=2026-01-02T00:00:00Z&startedTo=2026-01-01T00:00:00Z, 400 INVALID_FIELD startedTo",
    "executions?job=, 400 INVALID_FIELD job",
    "executions?job=a&job=b, 400 INVALID_FIELD job",
    "executions?job=a%00b, 400 INVALID_FIELD job",
    "executions?job=%ff, 400 INVALID_FIELD query",
    "executions?job=%C0%80, 400 INVALID_FIELD query",
    "executions?%ff=a, 400 INVALID_FIELD query",
    "executions?job=a&=b, 400 INVALID_FIELD query",
    "jobs?%ff=a, 400 INVALID_FIELD query",
    "executions?jobs=a, 400 INVALID_FIELD jobs",
    "executions/wait, 400 INVALID_FIELD id",
    "executions/wait?id=x, 400 INVALID_FIELD id",
    "executions/wait?id=00000000-0000-0000-0000-000000000000&mode=some, 400 INVALID_FIELD mode",
    "executions/wait?id=00000000-0000-0000-0000-000000000000&timeoutSeconds=61, 400 INVALID_FIELD timeoutSeconds",
    "executions/wait?id=00000000-0000-0000-0000-000000000000&timeoutSeconds=-1, 400 INVALID_FIELD timeoutSeconds",
    "executions/wait?id=00000000-0000-0000-0000-000000000000, 404 NOT_FOUND",
    "executions/00000000-0000-0000-0000-000000000000, 404 NOT_FOUND",
    "jobs/none?force=true, 400 INVALID_FIELD force",
    "jobs?limit=0, 400 INVALID_FIELD limit",
    "jobs?limit=1001, 400 INVALID_FIELD limit",
    "jobs?name=a, 400 INVALID_FIELD name",
    "targets?kind=Table, 400 INVALID_FIELD kind",
    "contents/none, 404 NOT_FOUND",
    "contents/none/versions/first, 400 INVALID_FIELD version",
    "contents/none/versions/99999999999, 400 INVALID_FIELD version",
    "nothing, 404 NOT_FOUND",
    "/actuator, 404 NOT_FOUND",
    "/actuator/env, 404 NOT_FOUND",
    "/actuator/heapdump, 404 NOT_FOUND",
    "/actuator/shutdown, 404 NOT_FOUND",
    "jobs/, 404 NOT_FOUND"
  })
  void aBadPathOrParameterIsRefusedWithItsName(String route, String problem) {
    Answer answer = client.get(route);

    assertThat(answer.problem()).as(answer.text()).isEqualTo(problem);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"job=%", "job=%4", "job=%zz", "%=a", "job=a%"})
  void aBarePercentSignInTheQueryIsRefused(String query) throws IOException {
    String answer =
        client.raw(
            """
            GET /api/v1/executions?%s HTTP/1.1\r
            Host: localhost\r
            Authorization: Bearer %s\r
            Connection: close\r
            \r
            """
                .formatted(query, client.token()));

    assertThat(answer).startsWith("HTTP/1.1 400");
    assertThat(answer).contains("\"field\":\"query\"").contains("percent-encoding");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999Z"})
  void theFirstAndTheLastYearCanBeAskedFor(String time) {
    String query = "executions?createdFrom=%s&createdTo=%s".formatted(time, time);

    assertThat(client.get(query).status()).isEqualTo(200);
  }

  @Test
  void oneBadIdAmongThoseWaitedForIsToldWhatItMustBe() {
    String bad = "executions/wait?id=%s&id=x".formatted(UUID.randomUUID());

    assertThat(detail(client.get(bad))).isEqualTo("id: must be a UUID");
    assertThat(detail(client.get("executions/wait?id=x"))).isEqualTo("id: must be a UUID");
  }

  @Test
  void aThousandIdsFitIntoAWait() {
    String ids =
        Stream.generate(() -> "id=" + UUID.randomUUID()).limit(1_000).collect(joining("&"));

    assertThat(client.get("executions/wait?mode=any&timeoutSeconds=0&" + ids).problem())
        .isEqualTo("404 NOT_FOUND");
  }

  @Test
  void aTaskIdThatIsNoneIsRefused() {
    assertThat(client.get("tasks/nonsense").status()).isIn(400, 404);
    assertThat(client.get("tasks/00000000-0000-0000-0000-000000000000.1/log").problem())
        .isEqualTo("404 NOT_FOUND");
  }

  @Test
  void whatExistsIsAConflict() {
    String json = "{\"name\": \"%s\", \"text\": \"SELECT 1\"}".formatted(UUID.randomUUID());
    client.post("contents", json);

    assertThat(client.post("contents", json).problem()).isEqualTo("409 ALREADY_EXISTS name");
  }

  @Test
  void aMethodThatIsNotPossibleIsAnsweredWithThoseThatAre() {
    Answer answer = client.send("PUT", "jobs/none", "{}");

    assertThat(answer.problem()).isEqualTo("405 METHOD_NOT_ALLOWED");
    assertThat(answer.header("Allow").split(",")).contains("GET", "PATCH", "DELETE");
  }

  @ParameterizedTest
  @CsvSource({
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/xml",
    "application/yaml",
    "*/*",
    "application/*"
  })
  void onlyJsonIsRead(String type) {
    Answer answer =
        client.send(
            client
                .request("contents")
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString("name=a")));

    assertThat(answer.problem()).isEqualTo("415 UNSUPPORTED_MEDIA_TYPE Content-Type");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /api/v1/jobs/%00 HTTP/1.1",
        "GET /api/v1/jobs/a%0Ab HTTP/1.1",
        "GET /api/v1/../jobs HTTP/1.1",
        "GET /api/v1/jobs HTTP/3.9",
        "GET /api/v1/jobs HTTTP/1.1",
        "POST /api/v1/jobs HTTP/1.1\r\nTransfer-Encoding: rot13",
        "GARBAGE"
      })
  void whatIsRefusedBeforeItsRouteIsABadRequestWithTheHeadersOfAllAnswers(String begin)
      throws IOException {
    String answer =
        client.raw(
            "%s\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nConnection: close\r\n\r\n"
                .formatted(begin, client.token()));

    assertThat(answer)
        .startsWith("HTTP/1.1 400")
        .contains("X-Content-Type-Options: nosniff")
        .contains("Cache-Control: no-")
        .contains("Content-Security-Policy: default-src 'none'")
        .contains("\"code\":\"INVALID_FIELD\"");
  }

  @Test
  void aHeaderWithAControlCharacterIsABadRequest() throws IOException {
    assertThat(
            answerTo(
                """
                POST /api/v1/contents HTTP/1.1\r
                Host: localhost\r
                Authorization: Bearer %s\r
                Content-Type: application/json%s\r
                Content-Length: 2\r
                Connection: close\r
                \r
                {}\
                """
                    .formatted(client.token(), "\u0085")))
        .startsWith("HTTP/1.1 400")
        .contains("\"code\":\"INVALID_FIELD\"", "header: holds a control character");
  }

  @Test
  void aBodyThatEndsBeforeItsAnnouncedLengthIsABadRequest() throws IOException {
    assertThat(
            answerTo(
                """
                POST /api/v1/contents HTTP/1.1\r
                Host: localhost\r
                Authorization: Bearer %s\r
                Content-Type: application/json\r
                Content-Length: 100\r
                Connection: close\r
                \r
                {"name": "a\
                """
                    .formatted(client.token())))
        .startsWith("HTTP/1.1 400")
        .contains("its announced length");
  }

  /// To a request that is sent as it stands.
  private String answerTo(String request) throws IOException {
    try (Socket socket = new Socket(client.url().getHost(), client.url().getPort())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void onlyWhatThereIsCanBeAccepted() {
    Answer answer =
        client.send(client.request("policies").header("Accept", "application/xml").GET());

    assertThat(answer.problem()).isEqualTo("406 NOT_ACCEPTABLE Accept");
  }

  @Test
  void aBodyOfTheLargestSizeIsRead() {
    String json =
        "{\"name\": \"%s\", \"text\": \"--%s\"}"
            .formatted(UUID.randomUUID(), "x".repeat(LIMIT - 100));

    Answer answer = client.post("contents", json);

    assertThat(answer.status()).isLessThan(500);
    assertThat(answer.text()).doesNotContain("the body is larger");
  }

  @Test
  void aLargerBodyIsRefusedByItsAnnouncedLength() {
    assertThat(client.post("contents", " ".repeat(LIMIT + 1)).problem()).isEqualTo("413 TOO_LARGE");
  }

  @Test
  void aLargerBodyIsRefusedWhenItsLengthIsNotAnnounced() {
    byte[] body =
        ("{\"name\": \"a\", \"text\": \"" + "x".repeat(LIMIT) + "\"}")
            .getBytes(StandardCharsets.UTF_8);

    Answer answer =
        client.send(
            "POST", "contents", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)));

    assertThat(answer.problem()).isEqualTo("413 TOO_LARGE");
  }

  @Test
  void deeplyNestedJsonIsRefused() {
    String json = "{\"name\": " + "[".repeat(100_000) + "]".repeat(100_000) + "}";

    assertThat(client.post("contents", json).status()).isEqualTo(400);
  }

  private static String detail(Answer answer) {
    return answer.json().get("detail").asString();
  }
}
