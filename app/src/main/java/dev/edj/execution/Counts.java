package dev.edj.execution;

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
}
