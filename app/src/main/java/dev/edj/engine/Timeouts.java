package dev.edj.engine;

import java.time.Duration;

/// How long the opening of a session may take.
///
/// @param connect the longest wait for the server to accept the connection
/// @param login the longest wait from there until the login is answered
public record Timeouts(Duration connect, Duration login) {

  static final Timeouts USUAL = new Timeouts(Duration.ofSeconds(15), Duration.ofSeconds(15));

  public Timeouts {
    requirePositive(connect, "connect");
    requirePositive(login, "login");
  }

  /// After this long without a session, the attempt to open one is given up.
  Duration total() {
    return connect.plus(login);
  }

  private static void requirePositive(Duration duration, String name) {
    if (!duration.isPositive()) {
      throw new IllegalArgumentException(name + " must be more than zero, was " + duration);
    }
  }
}
