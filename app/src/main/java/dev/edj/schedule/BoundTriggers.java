package dev.edj.schedule;

/// The triggers that are bound to a schedule.
///
/// @param triggers how many there are
/// @param enabled how many of them are enabled
public record BoundTriggers(long triggers, long enabled) {

  public static final BoundTriggers NONE = new BoundTriggers(0, 0);
}
