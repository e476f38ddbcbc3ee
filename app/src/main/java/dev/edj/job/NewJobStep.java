package dev.edj.job;

import dev.edj.execution.Destination;
import dev.edj.execution.ResultMode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A step of a job to be created or changed. What is made here, and not read, is made by a
/// [Builder].
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

  /// A step of which only this is known.
  public static Builder of(String content, String credential, String target) {
    return new Builder(content, credential, target);
  }

  /// A step like this one, to be changed.
  public Builder change() {
    return of(content, credential, target)
        .name(name)
        .contentVersion(contentVersion)
        .policy(policy)
        .maxParallelism(maxParallelism)
        .exactlyOnce(exactlyOnce)
        .barrier(barrier)
        .results(results)
        .destination(destination)
        .publishOptions(publishOptions);
  }

  /// A step on its way: what is not said is null. Used by one thread.
  public static final class Builder {

    private final String content;
    private final String credential;
    private final String target;
    private @Nullable String name;
    private @Nullable Integer contentVersion;
    private @Nullable String policy;
    private @Nullable Integer maxParallelism;
    private @Nullable Boolean exactlyOnce;
    private @Nullable Boolean barrier;
    private @Nullable ResultMode results;
    private @Nullable Destination destination;
    private @Nullable Map<String, String> publishOptions;

    private Builder(String content, String credential, String target) {
      this.content = content;
      this.credential = credential;
      this.target = target;
    }

    public Builder name(@Nullable String name) {
      this.name = name;
      return this;
    }

    public Builder contentVersion(@Nullable Integer contentVersion) {
      this.contentVersion = contentVersion;
      return this;
    }

    public Builder policy(@Nullable String policy) {
      this.policy = policy;
      return this;
    }

    public Builder maxParallelism(@Nullable Integer maxParallelism) {
      this.maxParallelism = maxParallelism;
      return this;
    }

    public Builder exactlyOnce(@Nullable Boolean exactlyOnce) {
      this.exactlyOnce = exactlyOnce;
      return this;
    }

    public Builder barrier(@Nullable Boolean barrier) {
      this.barrier = barrier;
      return this;
    }

    public Builder results(@Nullable ResultMode results) {
      this.results = results;
      return this;
    }

    public Builder destination(@Nullable Destination destination) {
      this.destination = destination;
      return this;
    }

    public Builder publishOptions(@Nullable Map<String, String> publishOptions) {
      this.publishOptions = publishOptions;
      return this;
    }

    public NewJobStep build() {
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
          publishOptions);
    }
  }
}
