package dev.edj.notice;

import dev.edj.execution.Lifecycle;
import dev.edj.notice.NoticeMessage.Data;
import dev.edj.notice.NoticeMessage.Database;
import dev.edj.notice.NoticeMessage.Databases;
import dev.edj.notice.NoticeMessage.Execution;
import dev.edj.notice.NoticeMessage.FrequentError;
import dev.edj.security.SigningKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/// What is sent, for the page that shows it.
///
/// @param headers by the names that the page has for them, and the secret
public record NoticeSample(String body, Map<String, String> headers) {

  private static final UUID RUN = UUID.fromString("0195533c-2f7e-7000-9d5b-3f1f2f2ad6a1");
  private static final Instant END = Instant.parse("2026-03-01T22:14:05.123456Z");

  private static final NoticeMessage MESSAGE =
      new NoticeMessage(
          NoticeEvent.Failed.type(),
          END,
          new Data(
              "on-call",
              "Job 'Add column' failed",
              new Execution(
                  RUN,
                  "Add column",
                  3,
                  Lifecycle.Failed,
                  "ann",
                  "Nightly",
                  Instant.parse("2026-03-01T22:00:00Z"),
                  Instant.parse("2026-03-01T22:00:00.2Z"),
                  END,
                  new Databases(500, 497, 2, 1, 0, 0, 0),
                  null,
                  null,
                  null,
                  List.of(
                      new FrequentError(
                          "relation \"tenant\" does not exist (SQLSTATE 42P01, line 3)",
                          2,
                          List.of(
                              new Database("postgresql://db1.example.com", "tenant17"),
                              new Database("postgresql://db2.example.com", "tenant341")))),
                  "https://edj.example.com/executions/" + RUN)));

  public static String json() {
    return Bodies.of(MESSAGE, WebhookFormat.Json);
  }

  public static String slack() {
    return Bodies.of(MESSAGE, WebhookFormat.Slack);
  }

  public static String letter() {
    return Letter.of(MESSAGE).text();
  }

  public static NoticeSample signed(String body) {
    SigningKey key = SigningKey.random();
    return new NoticeSample(
        body,
        Map.of(
            "SECRET",
            key.text(),
            "ID",
            "msg_1",
            "TIMESTAMP",
            "1772403245",
            "SIGNATURES",
            key.signature("msg_1", 1772403245, body)));
  }

  public Map<String, String> with(String header, String value) {
    Map<String, String> changed = new TreeMap<>(headers);
    changed.put(header, value);
    return changed;
  }
}
