package dev.edj.schedule;

/// What happens when a job is to start and an earlier execution of it has not ended.
public enum Overlap {
  /// The new one starts; each database where the earlier one has not ended is `Skipped` in it.
  Skip,
  /// The new one waits until the earlier one has ended, and then starts.
  Queue,
  /// The earlier one is stopped, and the new one starts.
  CancelPrevious,
  /// The new one does not start; the firing is recorded as one that started nothing.
  DoNotStart;

  public static Overlap named(String text) {
    return Choice.named("overlap", values(), text);
  }
}
