package dev.edj.job;

import dev.edj.execution.Destination;
import dev.edj.execution.ResultMode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A step of a job to be created or changed.
///
/// @param name null means `JobStep`
/// @param contentVersion null means the newest at each start
/// @param target name or id
/// @param policy null means the `Default execution policy`
/// @param maxParallelism null means no limit of its own
/// @param exactlyOnce whether the script runs as one transaction with a row of the target's ledger;
///   null means no
/// @param barrier whether it begins nowhere before the steps before it have ended everywhere; null
///   means no
/// @param results what becomes of the rows that the script returns; null means that they are sent
///   when there is a destination, and else kept
/// @param destination where they are sent; null means nowhere
/// @param publishOptions how a data-tier package is deployed: `BlockOnPossibleDataLoss` → `False`;
///   null means none
public record NewJobStep(
    @Nullable String name,
    String content,
    @Nullable Integer contentVersion,
    String credential,
    String target,
    @Nullable String policy,
    @Nullable Integer maxParallelism,
    @Nullable Boolean exactlyOnce,
    @Nullable Boolean barrier,
    @Nullable ResultMode results,
    @Nullable Destination destination,
    @Nullable Map<String, String> publishOptions) {

  /// A step without publish options.
  public NewJobStep(
      @Nullable String name,
      String content,
      @Nullable Integer contentVersion,
      String credential,
      String target,
      @Nullable String policy,
      @Nullable Integer maxParallelism,
      @Nullable Boolean exactlyOnce,
      @Nullable Boolean barrier,
      @Nullable ResultMode results,
      @Nullable Destination destination) {
    this(
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
        null);
  }

  /// A step that keeps what it returns.
  public NewJobStep(
      @Nullable String name,
      String content,
      @Nullable Integer contentVersion,
      String credential,
      String target,
      @Nullable String policy,
      @Nullable Integer maxParallelism,
      @Nullable Boolean exactlyOnce,
      @Nullable Boolean barrier) {
    this(
        name,
        content,
        contentVersion,
        credential,
        target,
        policy,
        maxParallelism,
        exactlyOnce,
        barrier,
        null,
        null);
  }

  /// A step that runs at least once and keeps what it returns.
  public NewJobStep(
      @Nullable String name,
      String content,
      @Nullable Integer contentVersion,
      String credential,
      String target,
      @Nullable String policy,
      @Nullable Integer maxParallelism) {
    this(name, content, contentVersion, credential, target, policy, maxParallelism, null, null);
  }

  /// The same under another name.
  public NewJobStep named(String other) {
    return new NewJobStep(
        other,
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
        publishOptions);
  }

  /// The same with something else done with what it returns.
  public NewJobStep returning(@Nullable ResultMode mode, @Nullable Destination other) {
    return new NewJobStep(
        name,
        content,
        contentVersion,
        credential,
        target,
        policy,
        maxParallelism,
        exactlyOnce,
        barrier,
        mode,
        other,
        publishOptions);
  }

  /// The same with other options of a deployment.
  public NewJobStep publishing(@Nullable Map<String, String> options) {
    return new NewJobStep(
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
        options);
  }
}
