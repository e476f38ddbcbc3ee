package dev.edj.parameter;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// The script variables that every execution has: the eight of the original service, and where the
/// script runs. A job's own parameters cannot take these names.
public final class BuiltInVariables {

  public static final Set<String> NAMES =
      Set.of(
          "job_name",
          "job_id",
          "job_version",
          "step_id",
          "step_name",
          "job_execution_id",
          "job_execution_create_time",
          "target_group_name",
          "target_server",
          "target_database");

  private BuiltInVariables() {}

  public static Map<String, String> ofRun(
      String job,
      long jobId,
      int jobVersion,
      int stepId,
      String stepName,
      UUID run,
      Instant runCreatedAt,
      String target) {
    return Map.of(
        "job_name", job,
        "job_id", Long.toString(jobId),
        "job_version", Integer.toString(jobVersion),
        "step_id", Integer.toString(stepId),
        "step_name", stepName,
        "job_execution_id", run.toString(),
        "job_execution_create_time", runCreatedAt.toString(),
        "target_group_name", target);
  }

  public static Map<String, String> ofTarget(String server, String database) {
    return Map.of("target_server", server, "target_database", database);
  }
}
