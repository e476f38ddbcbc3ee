package dev.edj.schedule;

/// What happens with firings whose time passed while no node was there to fire them.
public enum Misfire {
  /// One execution for all of them, planned at the latest of them; the others are passed over.
  /// Where there are firings on time, these make up for them.
  FireOnce,
  /// No execution for any of them; the schedule goes on with the next.
  Skip,
  /// An execution for each of them, oldest first, for so many of the latest as a limit allows.
  FireAll;

  public static Misfire named(String text) {
    return Choice.named("misfire", values(), text);
  }
}
