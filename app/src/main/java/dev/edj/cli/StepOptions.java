package dev.edj.cli;

import dev.edj.job.Job;
import dev.edj.job.JobStep;
import dev.edj.job.NewJobStep;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;

/// What a job's step does: the options of the one step that most jobs have, or a file of several.
final class StepOptions {

  @Option(names = "--content", paramLabel = "NAME", description = "The content to apply.")
  private @Nullable String content;

  @Option(
      names = "--content-version",
      paramLabel = "NUMBER",
      description = "Always this version (default: the newest at each start).")
  private @Nullable Integer contentVersion;

  @Option(
      names = "--credential",
      paramLabel = "NAME",
      description = "The credential to log in with.")
  private @Nullable String credential;

  @Option(
      names = {"--target", "--target-id"},
      paramLabel = "TARGET",
      description = "Where to apply it: a target's name or id.")
  private @Nullable String target;

  @Option(
      names = "--policy",
      paramLabel = "NAME",
      description = "The execution policy (default: Default execution policy).")
  private @Nullable String policy;

  @Option(
      names = "--max-parallelism",
      paramLabel = "NUMBER",
      description = "The most databases to work on at once.")
  private @Nullable Integer maxParallelism;

  @Option(
      names = "--exactly-once",
      negatable = true,
      description =
          "Run the script as one transaction, with a row in a ledger in the target database that"
              + " keeps it from being run again (default: no).")
  private @Nullable Boolean exactlyOnce;

  @Option(
      names = "--barrier",
      negatable = true,
      description =
          "Begin the step nowhere before the steps before it have ended everywhere (default: on each"
              + " database as soon as the step before has succeeded there).")
  private @Nullable Boolean barrier;

  @Option(
      names = "--publish-option",
      paramLabel = "NAME=VALUE",
      description =
          "How a data-tier package is deployed, by SqlPackage's names:"
              + " BlockOnPossibleDataLoss=False; repeatable, and takes the place of those before.")
  private @Nullable List<String> publishOptions;

  @Option(names = "--clear-publish-options", description = "Deploys with the usual options.")
  private boolean clearPublishOptions;

  @Mixin private DestinationOptions destination = new DestinationOptions();

  @Option(
      names = "--steps",
      paramLabel = "FILE",
      description = "All steps as a JSON array, instead of the options above; - is standard input.")
  private @Nullable String stepsFile;

  /// The steps of a new job.
  List<NewJobStep> read(Terminal terminal) {
    if (stepsFile != null) {
      return readFile(stepsFile, terminal);
    }
    return List.of(
        NewJobStep.of(
                required("--content", content),
                required("--credential", credential),
                required("--target", target))
            .contentVersion(contentVersion)
            .policy(policy)
            .maxParallelism(maxParallelism)
            .exactlyOnce(exactlyOnce)
            .barrier(barrier)
            .results(destination.mode())
            .destination(destination.changed(null))
            .publishOptions(publishOptions(null))
            .build());
  }

  /// The steps of a job after the change; null when no option changes any.
  @Nullable List<NewJobStep> changed(Job job, int number, Terminal terminal) {
    if (stepsFile != null) {
      return readFile(stepsFile, terminal);
    }
    if (!isAnyGiven()) {
      return null;
    }
    if (number < 1 || number > job.steps().size()) {
      throw CommandException.badInput(
          "job '%s' has no step %d; it has %d".formatted(job.name(), number, job.steps().size()));
    }
    List<NewJobStep> steps = new ArrayList<>();
    job.steps().forEach(step -> steps.add(step.stepId() == number ? changed(step) : same(step)));
    return steps;
  }

  /// A new step after another: as that one is where no option says otherwise. Another script
  /// returns other rows, so these go nowhere unless an option says where.
  NewJobStep following(NewJobStep before, @Nullable String name) {
    if (stepsFile != null) {
      throw CommandException.badInput("--steps says all; change the job with it");
    }
    return NewJobStep.of(
            required("--content", content),
            either(credential, before.credential()),
            either(target, before.target()))
        .name(name)
        .contentVersion(contentVersion)
        .policy(policy == null ? before.policy() : policy)
        .maxParallelism(maxParallelism == null ? before.maxParallelism() : maxParallelism)
        .exactlyOnce(exactlyOnce == null ? before.exactlyOnce() : exactlyOnce)
        .barrier(barrier)
        .results(destination.mode())
        .destination(destination.created(before.destination()))
        .publishOptions(publishOptions(null))
        .build();
  }

  private NewJobStep changed(JobStep step) {
    // Another content has other versions: the pinned one means nothing there.
    Integer pinned = content == null ? step.contentVersion() : null;
    return NewJobStep.of(
            either(content, step.content()),
            either(credential, step.credential()),
            either(target, step.target()))
        .name(step.name())
        .contentVersion(contentVersion == null ? pinned : contentVersion)
        .policy(either(policy, step.policy()))
        .maxParallelism(maxParallelism == null ? step.maxParallelism() : maxParallelism)
        .exactlyOnce(exactlyOnce == null ? step.exactlyOnce() : exactlyOnce)
        .barrier(barrier == null ? step.barrier() : barrier)
        .results(destination.mode(step))
        .destination(destination.changed(step.destination()))
        .publishOptions(publishOptions(content == null ? step.publishOptions() : null))
        .build();
  }

  /// A step as it is, to be sent back.
  static NewJobStep same(JobStep step) {
    return NewJobStep.of(step.content(), step.credential(), step.target())
        .name(step.name())
        .contentVersion(step.contentVersion())
        .policy(step.policy())
        .maxParallelism(step.maxParallelism())
        .exactlyOnce(step.exactlyOnce())
        .barrier(step.barrier())
        .results(step.results())
        .destination(step.destination())
        .publishOptions(step.publishOptions())
        .build();
  }

  private @Nullable Map<String, String> publishOptions(@Nullable Map<String, String> before) {
    if (clearPublishOptions && publishOptions != null) {
      throw CommandException.badInput("give either --publish-option or --clear-publish-options");
    }
    if (clearPublishOptions) {
      return null;
    }
    return publishOptions == null ? before : Variables.parse("--publish-option", publishOptions);
  }

  private boolean isAnyGiven() {
    return destination.isAnyGiven()
        || clearPublishOptions
        || Stream.of(
                content,
                contentVersion,
                credential,
                target,
                policy,
                maxParallelism,
                exactlyOnce,
                barrier,
                publishOptions)
            .anyMatch(Objects::nonNull);
  }

  private List<NewJobStep> readFile(String file, Terminal terminal) {
    if (isAnyGiven()) {
      throw CommandException.badInput(
          "--steps says all; other options of a step do not go with it");
    }
    String json = new String(ScriptSource.bytes(file, terminal), StandardCharsets.UTF_8);
    try {
      return List.of(Json.mapper().readValue(json, NewJobStep[].class));
    } catch (JacksonException e) {
      throw new CommandException(
          ExitCode.BAD_INPUT,
          "%s is not a JSON array of steps: %s".formatted(file, e.getOriginalMessage()),
          e);
    }
  }

  private static String required(String option, @Nullable String value) {
    if (value == null) {
      throw CommandException.badInput("%s is missing (or give --steps)".formatted(option));
    }
    return value;
  }

  private static String either(@Nullable String given, String current) {
    return given == null ? current : given;
  }
}
