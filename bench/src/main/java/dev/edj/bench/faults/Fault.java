package dev.edj.bench.faults;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// What can be done to a node, to a server, or to the way between them.
enum Fault {
  /// kill -9; started again after a while.
  KILL_NODE(Place.NODE, Deed.KILL, 200, 9_000),
  /// SIGSTOP for longer than the lease, then SIGCONT: the node that was taken for dead.
  PAUSE_NODE(Place.NODE, Deed.PAUSE, 7_000, 14_000),
  CUT_NODE(Place.NODE, Deed.CUT, 0, 3_000),
  STALL_NODE(Place.NODE, Deed.STALL, 1_000, 12_000),
  DELAY_NODE(Place.NODE, Deed.DELAY, 2_000, 8_000),
  STEP_CLOCK_OF_NODE(Place.NODE, Deed.STEP_CLOCK, 2_000, 20_000),
  LOSE_COMMITS_OF_NODE(Place.NODE, Deed.LOSE_COMMITS, 1_000, 5_000),
  END_SESSIONS_OF_CONTROL(Place.CONTROL, Deed.END_SESSIONS, 0, 0),
  RESTART_CONTROL(Place.CONTROL, Deed.RESTART, 0, 0),
  CRASH_CONTROL(Place.CONTROL, Deed.CRASH, 0, 0),
  KILL_CONTROL(Place.CONTROL, Deed.KILL, 0, 0),
  FILL_DISK_OF_CONTROL(Place.CONTROL, Deed.FILL_DISK, 1_000, 8_000),
  FAIL_OVER_CONTROL(Place.CONTROL, Deed.FAIL_OVER, 0, 0),
  CUT_TARGET(Place.TARGET, Deed.CUT, 0, 3_000),
  STALL_TARGET(Place.TARGET, Deed.STALL, 1_000, 8_000),
  DELAY_TARGET(Place.TARGET, Deed.DELAY, 2_000, 8_000),
  LOSE_COMMITS_OF_TARGET(Place.TARGET, Deed.LOSE_COMMITS, 1_000, 5_000),
  END_SESSIONS_OF_TARGET(Place.TARGET, Deed.END_SESSIONS, 0, 0),
  RESTART_TARGET(Place.TARGET, Deed.RESTART, 0, 0),
  CRASH_TARGET(Place.TARGET, Deed.CRASH, 0, 0),
  KILL_TARGET(Place.TARGET, Deed.KILL, 0, 0),
  CUT_DESTINATION(Place.DESTINATION, Deed.CUT, 0, 3_000),
  STALL_DESTINATION(Place.DESTINATION, Deed.STALL, 1_000, 8_000),
  DELAY_DESTINATION(Place.DESTINATION, Deed.DELAY, 2_000, 8_000),
  LOSE_COMMITS_OF_DESTINATION(Place.DESTINATION, Deed.LOSE_COMMITS, 1_000, 5_000),
  END_SESSIONS_OF_DESTINATION(Place.DESTINATION, Deed.END_SESSIONS, 0, 0),
  RESTART_DESTINATION(Place.DESTINATION, Deed.RESTART, 0, 0),
  CRASH_DESTINATION(Place.DESTINATION, Deed.CRASH, 0, 0),
  KILL_DESTINATION(Place.DESTINATION, Deed.KILL, 0, 0),
  FILL_DISK_OF_DESTINATION(Place.DESTINATION, Deed.FILL_DISK, 1_000, 8_000),
  LOCK_DESTINATION(Place.DESTINATION, Deed.LOCK, 1_000, 8_000);

  /// What a fault happens to: a node with its way to the control database, the control database's
  /// server, or a target server or the destination's with the nodes' way to it.
  enum Place {
    NODE,
    CONTROL,
    TARGET,
    DESTINATION
  }

  /// What happens there.
  enum Deed {
    /// kill -9; of a server, only of its first process, whose others have to notice.
    KILL,
    PAUSE,
    /// All connections of the way are reset, and new ones for a while.
    CUT,
    /// Nothing passes the way in either direction, and nobody is told.
    STALL,
    /// Everything that passes the way takes longer.
    DELAY,
    /// The server commits, and whoever asked for it never hears of it.
    LOSE_COMMITS,
    /// `pg_terminate_backend` on about half of the service's sessions.
    END_SESSIONS,
    /// The server stops in its ordinary way and starts again.
    RESTART,
    /// The server stops at once, as in a crash, and recovers.
    CRASH,
    /// The server is killed, and the standby that has everything it has takes its place.
    FAIL_OVER,
    /// The disk of the server is full to its last byte for a while.
    FILL_DISK,
    /// Somebody else keeps the table to himself for a while.
    LOCK,
    /// The system clock of the node is wrong for a while.
    STEP_CLOCK
  }

  private final Place place;
  private final Deed deed;
  private final int shortestMilliseconds;
  private final int longestMilliseconds;

  Fault(Place place, Deed deed, int shortestMilliseconds, int longestMilliseconds) {
    this.place = place;
    this.deed = deed;
    this.shortestMilliseconds = shortestMilliseconds;
    this.longestMilliseconds = longestMilliseconds;
  }

  Place place() {
    return place;
  }

  Deed deed() {
    return deed;
  }

  /// Whether others have to take the work of a node.
  boolean losesNode() {
    return deed == Deed.PAUSE || (deed == Deed.KILL && place == Place.NODE);
  }

  int shortestMilliseconds() {
    return shortestMilliseconds;
  }

  int longestMilliseconds() {
    return longestMilliseconds;
  }

  /// As people write it: `kill-node`.
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Fault labelled(String label) {
    return Arrays.stream(values())
        .filter(fault -> fault.label().equals(label))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("'%s' is none of %s".formatted(label, labels())));
  }

  static List<String> labels() {
    return Arrays.stream(values()).map(Fault::label).toList();
  }
}
