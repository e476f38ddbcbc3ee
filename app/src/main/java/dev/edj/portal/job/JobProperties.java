package dev.edj.portal.job;

import dev.edj.execution.Destination;
import dev.edj.execution.PublishOptionLines;
import dev.edj.execution.Rollout;
import dev.edj.job.Job;
import dev.edj.job.JobStep;
import dev.edj.text.Durations;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a version of a job says, by the names of its properties, in words.
final class JobProperties {

  private final Map<String, String> properties = new LinkedHashMap<>();

  private JobProperties() {}

  static Map<String, String> of(Job job) {
    JobProperties words = new JobProperties();
    words.put("Description", job.description());
    job.steps().forEach(step -> words.putStep(step, job.steps().size()));
    job.parameters()
        .forEach((name, value) ->
            words.put(
                "Parameter " + name, Objects.requireNonNullElse(value, "asked at each start")));
    job.secrets()
        .forEach(secret ->
            words.put("Secret " + secret.name(), secret.set() ? "set" : "asked at each start"));
    words.put("Rollout", rollout(job.rollout()));
    return words.properties;
  }

  /// `5, then 10%, then the rest; 5m between them; no more than 3 failures`
  static String rollout(Rollout rollout) {
    List<String> waves = Objects.requireNonNullElse(rollout.waves(), List.<String>of());
    Duration pause = Objects.requireNonNullElse(rollout.pause(), Duration.ZERO);
    StringBuilder text = new StringBuilder();
    text.append(
        waves.isEmpty()
            ? "all databases at once"
            : "waves of %s, then the rest".formatted(String.join(", then ", waves)));
    if (!pause.isZero()) {
      text.append("; ").append(Durations.format(pause)).append(" between them");
    }
    if (Boolean.TRUE.equals(rollout.approval())) {
      text.append("; each waits for approval");
    }
    if (rollout.failureLimit() != null) {
      text.append("; ends at ").append(rollout.failureLimit()).append(" failed");
    }
    return text.toString();
  }

  private void putStep(JobStep step, int steps) {
    String place = steps == 1 ? "" : "Step %d: ".formatted(step.stepId());
    put(place + "Name of the step", step.name());
    put(
        place + "Content",
        "%s, %s"
            .formatted(
                step.content(),
                step.contentVersion() == null
                    ? "the newest version at each start"
                    : "version " + step.contentVersion()));
    put(place + "Target", step.target());
    put(place + "Credential", step.credential());
    put(place + "Execution policy", step.policy());
    put(
        place + "Max parallelism",
        step.maxParallelism() == null ? null : step.maxParallelism().toString());
    put(place + "Exactly once", step.exactlyOnce() ? "yes" : null);
    put(
        place + "Publish options",
        step.publishOptions().isEmpty()
            ? null
            : String.join(", ", PublishOptionLines.of(step.publishOptions())));
    put(place + "Barrier", step.barrier() ? "yes" : null);
    put(place + "Results", results(step));
  }

  static String results(JobStep step) {
    Destination destination = step.destination();
    return switch (step.results()) {
      case Keep -> "kept";
      case Drop -> "dropped";
      case Send -> destination == null ? "sent" : "sent to " + table(destination);
    };
  }

  private static String table(Destination destination) {
    return "%s/%s, table %s%s, with %s%s"
        .formatted(
            destination.server(),
            destination.database(),
            destination.schema() == null ? "" : destination.schema() + ".",
            destination.table(),
            destination.credential(),
            Boolean.TRUE.equals(destination.sourceColumns()) ? ", with source columns" : "");
  }

  private void put(String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      properties.put(name, value);
    }
  }
}
