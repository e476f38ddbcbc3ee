package dev.edj.job;

import dev.edj.execution.Rollout;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Jobs as they are read: each kind of row by itself, put together here.
record JobRows(List<JobRow> jobs, List<StepRow> steps, List<ParameterRow> parameters) {

  record JobRow(
      long jobId,
      String name,
      String description,
      boolean enabled,
      boolean deleting,
      int version,
      List<String> waves,
      Duration wavePause,
      boolean waveApproval,
      @Nullable String failureLimit,
      Instant createdAt,
      Instant updatedAt) {

    Rollout rollout() {
      return new Rollout(waves, wavePause, waveApproval, failureLimit);
    }
  }

  record StepRow(
      long jobId,
      int stepId,
      String name,
      String content,
      @Nullable Integer contentVersion,
      String credential,
      String target,
      String policy,
      @Nullable Integer maxParallelism,
      boolean exactlyOnce,
      boolean barrier) {

    JobStep step() {
      return new JobStep(
          stepId,
          name,
          content,
          contentVersion,
          credential,
          target,
          policy,
          maxParallelism,
          exactlyOnce,
          barrier);
    }
  }

  record ParameterRow(long jobId, String key, String value) {}

  List<Job> together() {
    Map<Long, List<StepRow>> stepsOf =
        steps.stream().collect(Collectors.groupingBy(StepRow::jobId));
    Map<Long, List<ParameterRow>> parametersOf =
        parameters.stream().collect(Collectors.groupingBy(ParameterRow::jobId));
    return jobs.stream()
        .map(job ->
            new Job(
                job.name(),
                job.description(),
                job.enabled(),
                job.deleting(),
                job.version(),
                stepsOf.getOrDefault(job.jobId(), List.of()).stream().map(StepRow::step).toList(),
                map(parametersOf.getOrDefault(job.jobId(), List.of())),
                job.rollout(),
                job.createdAt(),
                job.updatedAt()))
        .toList();
  }

  private static Map<String, String> map(List<ParameterRow> parameters) {
    Map<String, String> map = new LinkedHashMap<>();
    parameters.forEach(parameter -> map.put(parameter.key(), parameter.value()));
    return map;
  }
}
