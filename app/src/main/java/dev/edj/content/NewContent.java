package dev.edj.content;

import org.jspecify.annotations.Nullable;

/// A content to be created, with its first version: a script, or a package that is fetched. One
/// whose file is kept comes with the file.
///
/// @param text a script; or else null
/// @param comment of the version
/// @param dacpacUri where a package is fetched from at each run; or else null
public record NewContent(
    String name, @Nullable String text, @Nullable String comment, @Nullable String dacpacUri) {

  /// A script.
  public NewContent(String name, String text, @Nullable String comment) {
    this(name, text, comment, null);
  }
}
