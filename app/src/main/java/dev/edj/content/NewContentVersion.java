package dev.edj.content;

import org.jspecify.annotations.Nullable;

/// The next version of a script.
///
/// @param expectedVersion the newest, which this one was made of: it is refused when there is a
///   newer one by then; null takes it as it is
public record NewContentVersion(
    String text, @Nullable String comment, @Nullable Integer expectedVersion) {

  public NewContentVersion(String text, @Nullable String comment) {
    this(text, comment, null);
  }
}
