package dev.edj.content;

import org.jspecify.annotations.Nullable;

/// The next version of a script, or of a package that is fetched.
///
/// @param text a script; or else null
/// @param dacpacUri where a package is fetched from at each run; or else null
public record NewContentVersion(
    @Nullable String text, @Nullable String comment, @Nullable String dacpacUri) {

  /// The next version of a script.
  public NewContentVersion(String text, @Nullable String comment) {
    this(text, comment, null);
  }
}
