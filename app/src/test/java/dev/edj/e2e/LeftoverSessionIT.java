package dev.edj.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a killed service leaves running in the target databases.
class LeftoverSessionIT {

  /// The first attempt would go on for an hour after its client is gone.
  private static final String HANGS_ONCE =
      """
      CREATE TABLE IF NOT EXISTS tries (at TIMESTAMPTZ);
      GO
      INSERT INTO tries VALUES (now());
      GO
      SELECT pg_sleep(CASE count(*) WHEN 1 THEN 3600 ELSE 0 END) FROM tries;
      """;

  @Test
  void itIsEndedAndTheRunGoesOn(@TempDir Path directory) {
    Path data = directory.resolve("data");
    String execution;
    try (RunningEdj service = RunningEdj.start(data, "--lease", "3s")) {
      new Targets(service, "fleet").createCollection(1);
      service.done("content", "create", "Hangs once", "--text", HANGS_ONCE);
      service.done(
          "job",
          "create",
          "Hangs once",
          "--content",
          "Hangs once",
          "--credential",
          "fleet",
          "--target",
          "fleet");
      execution = service.start("Hangs once");
      EdjProcess.await(() -> service.count(execution, "inProgress") == 1);
      String child = child(service, execution);
      EdjProcess.await(() -> service.ask("execution", "batches", child + ".1").size() == 3);
      service.process().killAtOnce();
    }
    try (RunningEdj again = RunningEdj.start(data, "--lease", "3s")) {
      assertThat(again.awaitEnd(execution)).isEqualTo("Succeeded");
      assertThat(again.done("execution", "log", child(again, execution) + ".2"))
          .contains("ended the session ");
    }
  }

  private static String child(RunningEdj service, String execution) {
    return service.ask("execution", "children", execution).path(0).path("id").asString();
  }
}
