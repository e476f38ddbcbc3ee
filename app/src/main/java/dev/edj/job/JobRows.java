package dev.edj.job;

import dev.edj.content.ContentKind;
import dev.edj.execution.Destination;
import dev.edj.execution.PublishOptionLines;
import dev.edj.execution.ResultMode;
import dev.edj.execution.Rollout;
import dev.edj.parameter.ParameterValues;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.mapper.Nested;
import org.jspecify.annotations.Nullable;

/// Jobs as they are read: each kind of row by itself, put together here.
record JobRows(List<JobRow> jobs, List<StepRow> steps) {

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
      String parameters,
      Instant createdAt,
      Instant updatedAt) {

    ParameterValues values() {
      return ParameterValues.parse(parameters);
    }

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
      boolean barrier,
      ResultMode results,
      @Nested("destination") @Nullable Destination destination,
      List<String> publishOptions) {

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
          barrier,
          results,
          destination,
          PublishOptionLines.read(publishOptions));
    }
  }

  record ContentRow(long contentId, ContentKind kind) {}

  List<Job> together() {
    Map<Long, List<StepRow>> stepsOf =
        steps.stream().collect(Collectors.groupingBy(StepRow::jobId));
    return jobs.stream()
        .map(job -> job(job, stepsOf.getOrDefault(job.jobId(), List.of())))
        .toList();
  }

  private static Job job(JobRow job, List<StepRow> steps) {
    ParameterValues values = job.values();
    return new Job(
        job.name(),
        job.description(),
        job.enabled(),
        job.deleting(),
        job.version(),
        steps.stream().map(StepRow::step).toList(),
        values.readable(),
        values.secrets(),
        job.rollout(),
        job.createdAt(),
        job.updatedAt());
  }
}
