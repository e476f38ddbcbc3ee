package dev.edj.cli;

import dev.edj.execution.Rollout;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How a job goes out to its databases, as options of the command line.
final class RolloutOptions {

  @Option(
      names = "--wave",
      paramLabel = "SIZE",
      description =
          "A wave of so many databases (5) or of a share of all (10%%), which ends before the next"
              + " begins; repeatable. The last wave is what is left.")
  private @Nullable List<String> waves;

  @Option(names = "--no-waves", description = "All databases at once.")
  private boolean atOnce;

  @Option(
      names = "--wave-pause",
      paramLabel = "DURATION",
      description = "How long to wait between two waves.")
  private @Nullable Duration pause;

  @Option(
      names = "--wave-approval",
      negatable = true,
      description = "Have each wave but the first wait for 'edj execution approve'.")
  private @Nullable Boolean approval;

  @Option(
      names = "--failure-limit",
      paramLabel = "NUMBER",
      description =
          "When so many databases have failed (3), or such a share of all (5%%), begin nothing more;"
              + " 'none' means no limit.")
  private @Nullable String failureLimit;

  /// The rollout after the change; null when no option changes it.
  @Nullable Rollout changed(Rollout before) {
    if (!atOnce && Stream.of(waves, pause, approval, failureLimit).allMatch(Objects::isNull)) {
      return null;
    }
    if (atOnce && Stream.of(waves, pause, approval).anyMatch(Objects::nonNull)) {
      throw CommandException.badInput(
          "--no-waves does not go with --wave, --wave-pause or --wave-approval");
    }
    return new Rollout(
        atOnce ? List.of() : either(waves, before.waves()),
        atOnce ? Duration.ZERO : either(pause, before.pause()),
        atOnce ? Boolean.FALSE : either(approval, before.approval()),
        "none".equals(failureLimit) ? null : either(failureLimit, before.failureLimit()));
  }

  private static <T> @Nullable T either(@Nullable T given, @Nullable T before) {
    return given == null ? before : given;
  }
}
