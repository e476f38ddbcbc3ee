package dev.edj.content;

import org.jspecify.annotations.Nullable;

/// The next version of a script, or of a package that is fetched.
///
/// @param text a script; or else null
/// @param dacpacUri where a package is fetched from at each run; or else null
/// @param expectedVersion the newest, which this one was made of: it is refused when there is a
///   newer one by then; null takes it as it is
public record NewContentVersion(
    @Nullable String text,
    @Nullable String comment,
    @Nullable String dacpacUri,
    @Nullable Integer expectedVersion) {

  /// The next version of a script.
  public NewContentVersion(String text, @Nullable String comment) {
    this(text, comment, null, null);
  }

  /// The next version of a script, made of another version of it.
  public NewContentVersion(
      String text, @Nullable String comment, @Nullable Integer expectedVersion) {
    this(text, comment, null, expectedVersion);
  }
}
