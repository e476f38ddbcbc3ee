package dev.edj.execution;

import java.util.List;
import java.util.UUID;

/// Databases whose errors say the same.
///
/// @param message with `…` for what each says differently
/// @param size how many they are
/// @param first some of them, in the order in which they came
public record ErrorGroup(String message, int size, List<Member> first) {

  /// One of them.
  public record Member(UUID executionId, String server, String database) {}
}
