package dev.edj.job;

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
public record NewJobStep(
    @Nullable String name,
    String content,
    @Nullable Integer contentVersion,
    String credential,
    String target,
    @Nullable String policy,
    @Nullable Integer maxParallelism,
    @Nullable Boolean exactlyOnce,
    @Nullable Boolean barrier) {

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
        barrier);
  }

  /// A step that runs at least once.
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
}
