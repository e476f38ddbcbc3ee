package dev.edj.execution;

import dev.edj.audit.NewAuditEvent;
import dev.edj.parameter.ParameterValues;
import dev.edj.parameter.SecretParameter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The start of a run in the audit log.
///
/// @param parameters the values that were given; of secret ones the names
/// @param schedule null together with `plannedAt`, for a run that no schedule started
/// @param followsId the run of another job whose end started this one
record StartedRun(
    String job,
    int jobVersion,
    Purpose purpose,
    @Nullable Map<String, @Nullable String> parameters,
    @Nullable List<String> secrets,
    @Nullable UUID retryOf,
    @Nullable String schedule,
    @Nullable Instant plannedAt,
    @Nullable UUID followsId) {

  static StartedRun byHand(
      String job, int version, Purpose purpose, ParameterValues given, @Nullable UUID retryOf) {
    List<String> secrets = given.secrets().stream().map(SecretParameter::name).toList();
    return new StartedRun(
        job,
        version,
        purpose,
        given.readable().isEmpty() ? null : given.readable(),
        secrets.isEmpty() ? null : secrets,
        retryOf,
        null,
        null,
        null);
  }

  static StartedRun byTrigger(String job, int version, TriggeredRun run) {
    return new StartedRun(
        job,
        version,
        Purpose.Run,
        null,
        null,
        null,
        run.schedule(),
        run.plannedAt(),
        run.followsId());
  }

  NewAuditEvent event(String action, UUID run, List<String> scripts) {
    return NewAuditEvent.of(action)
        .named(job)
        .id(run)
        .version(jobVersion)
        .scripts(scripts)
        .execution(run)
        .after(this);
  }
}
