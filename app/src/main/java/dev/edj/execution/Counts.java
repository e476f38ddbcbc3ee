package dev.edj.execution;

import java.util.ArrayList;
import java.util.List;

/// How many children of an execution stand where.
public record Counts(
    int created,
    int inProgress,
    int waitingForRetry,
    int succeeded,
    int failed,
    int timedOut,
    int canceled,
    int skipped) {

  public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0, 0);

  public int total() {
    return created + inProgress + waitingForRetry + ended();
  }

  public int ended() {
    return succeeded + failed + timedOut + canceled + skipped;
  }

  /// `45 of 100 ended: 43 succeeded, 2 failed, 10 running`, without what is none.
  public String text() {
    List<String> parts = new ArrayList<>();
    add(parts, succeeded, "succeeded");
    add(parts, failed, "failed");
    add(parts, timedOut, "timed out");
    add(parts, canceled, "canceled");
    add(parts, skipped, "skipped");
    add(parts, inProgress, "running");
    add(parts, waitingForRetry, "waiting for retry");
    String ended = "%d of %d ended".formatted(ended(), total());
    return parts.isEmpty() ? ended : ended + ": " + String.join(", ", parts);
  }

  private static void add(List<String> parts, int count, String what) {
    if (count > 0) {
      parts.add(count + " " + what);
    }
  }
}
