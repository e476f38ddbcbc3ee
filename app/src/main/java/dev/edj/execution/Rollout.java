package dev.edj.execution;

import dev.edj.problem.EdjException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How a job goes out to its databases: in waves, one after the other, and no further than so many
/// failures.
///
/// @param waves sizes of the first waves, each a number of databases (`5`) or a share of all
///   (`10%`); the last wave is what is left. None means all at once
/// @param pause between the end of a wave and the beginning of the next; null means none
/// @param approval whether each wave but the first waits for somebody's approval
/// @param failureLimit when so many databases have failed (`3`), or such a share of all (`5%`),
///   nothing more is begun; null means that there is no limit
public record Rollout(
    @Nullable List<String> waves,
    @Nullable Duration pause,
    @Nullable Boolean approval,
    @Nullable String failureLimit) {

  public static final Rollout AT_ONCE = new Rollout(List.of(), Duration.ZERO, false, null);

  private static final int MOST_WAVES = 100;
  private static final Duration LONGEST_PAUSE = Duration.ofDays(365);

  /// The same with everything said, and its shares as they are read.
  public Rollout checked() {
    List<Share> sizes = shares();
    if (sizes.size() >= MOST_WAVES) {
      throw EdjException.invalid("rollout.waves", "must be fewer than %d".formatted(MOST_WAVES));
    }
    Duration between = Objects.requireNonNullElse(pause, Duration.ZERO);
    if (between.isNegative() || between.compareTo(LONGEST_PAUSE) > 0) {
      throw EdjException.invalid("rollout.pause", "must be between 0 and 365 days");
    }
    boolean asks = Objects.requireNonNullElse(approval, false);
    if (sizes.isEmpty() && (asks || between.isPositive())) {
      throw EdjException.invalid(
          "rollout.waves", "without waves there is nothing to pause or to approve between");
    }
    return new Rollout(
        sizes.stream().map(Share::toString).toList(),
        between,
        asks,
        failureLimit == null ? null : Share.parse("rollout.failureLimit", failureLimit).toString());
  }

  /// The pause in milliseconds.
  public long pauseMs() {
    return Objects.requireNonNullElse(pause, Duration.ZERO).toMillis();
  }

  /// The waves' sizes.
  public List<Share> shares() {
    return Objects.requireNonNullElse(waves, List.<String>of()).stream()
        .map(size -> Share.parse("rollout.waves", size))
        .toList();
  }

  /// How many failed databases of so many are too many; null when there is no limit.
  public @Nullable Integer mostFailures(int databases) {
    return failureLimit == null
        ? null
        : Integer.valueOf(Share.parse("rollout.failureLimit", failureLimit).of(databases));
  }
}
