package dev.edj.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options of a new target that is asked for its databases at each start.
final class ResolvedTargetOptions {

  @Option(
      names = "--credential",
      paramLabel = "NAME",
      description = "The login that asks for the databases (default: the job's).")
  private @Nullable String credential;

  @Option(names = "--name", paramLabel = "NAME", description = "The target's name.")
  private @Nullable String name;

  @Nullable String credential() {
    return credential;
  }

  @Nullable String name() {
    return name;
  }
}
