package dev.edj.engine;

/// A password that does not show itself: not in `toString`, so not in logs or other records.
public record Password(String text) {

  private static final String HIDDEN = "***";

  /// What `message` says, without the password.
  String scrub(String message) {
    return text.isEmpty() ? message : message.replace(text, HIDDEN);
  }

  @Override
  public String toString() {
    return HIDDEN;
  }
}
