package dev.edj.job;

import dev.edj.execution.Destination;
import dev.edj.execution.ResultMode;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One step of a job: a content applied to a target with a credential.
///
/// @param stepId its place, from 1
/// @param contentVersion null means the newest at each start
/// @param maxParallelism the most databases worked on at once, over all nodes; null means no limit
///   of its own
/// @param exactlyOnce whether the script runs as one transaction with a row of the target's ledger
/// @param barrier whether it begins nowhere before the steps before it have ended everywhere
/// @param results what becomes of the rows that the script returns
/// @param destination where they go when they are sent
/// @param publishOptions how a data-tier package is deployed, by the names of the options; none of
///   a script
public record JobStep(
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
    @Nullable Destination destination,
    Map<String, String> publishOptions) {

  /// An older service says nothing of publish options.
  public JobStep {
    publishOptions = Objects.requireNonNullElse(publishOptions, Map.of());
  }
}
