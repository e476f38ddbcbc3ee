package dev.edj.demo;

/// Something did not go as the story says.
final class UnexpectedTurn extends RuntimeException {

  UnexpectedTurn(String message) {
    super(message);
  }

  /// @param holds what the story says
  static void unless(boolean holds, String message) {
    if (!holds) {
      throw new UnexpectedTurn(message);
    }
  }
}
