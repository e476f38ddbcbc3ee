package dev.edj.job;

import static java.util.Objects.requireNonNullElse;

import dev.edj.execution.Purpose;
import dev.edj.problem.EdjException;
import dev.edj.secrecy.Masked;
import dev.edj.secrecy.Sensitive;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A script to be run once, now, without a job.
///
/// @param target name or id
/// @param credential null means the target's own login, else the only one that may be sent to all
///   its servers
/// @param readOnly whether it runs in a transaction that only reads and is rolled back; null means
///   yes
/// @param parameters values of script variables that everybody may read
/// @param secrets values that nobody but workers may read; encrypted as soon as they arrive
/// @param timeout total time; null means 10 minutes
/// @param maxRows how many rows of each database's result are kept; null means 10,000
public record NewQuery(
    String script,
    String target,
    @Nullable String credential,
    @Nullable Boolean readOnly,
    @Nullable Map<String, @Nullable String> parameters,
    @Sensitive @Nullable Map<String, @Nullable String> secrets,
    @Nullable Duration timeout,
    @Nullable Integer maxRows) {

  private static final Duration USUAL_TIMEOUT = Duration.ofMinutes(10);
  private static final Duration LONGEST_TIMEOUT = Duration.ofDays(1);
  private static final int USUAL_ROWS = 10_000;
  private static final int MOST_ROWS = 100_000;

  /// With its usual limits, for reading.
  public NewQuery(String script, String target, @Nullable String credential) {
    this(script, target, credential, null, null, null, null, null);
  }

  Purpose purpose() {
    return requireNonNullElse(readOnly, true) ? Purpose.Query : Purpose.Run;
  }

  Duration timeLimit() {
    Duration limit = requireNonNullElse(timeout, USUAL_TIMEOUT);
    if (limit.compareTo(Duration.ofMillis(1)) < 0 || limit.compareTo(LONGEST_TIMEOUT) > 0) {
      throw EdjException.invalid("timeout", "must be from 1 ms to 1 day");
    }
    return limit;
  }

  int rowLimit() {
    int limit = requireNonNullElse(maxRows, USUAL_ROWS);
    if (limit < 1 || limit > MOST_ROWS) {
      throw EdjException.invalid("maxRows", "must be from 1 to %,d".formatted(MOST_ROWS));
    }
    return limit;
  }

  @Override
  public String toString() {
    return Masked.text(this);
  }
}
