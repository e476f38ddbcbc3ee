package dev.edj.execution;

import org.jspecify.annotations.Nullable;

/// Texts as PostgreSQL can hold them: of all characters, only NUL it cannot.
public final class StorableText {

  private StorableText() {}

  /// The text with every NUL replaced by the character for what cannot be shown.
  public static @Nullable String of(@Nullable String text) {
    return text == null || text.indexOf('\0') < 0 ? text : text.replace('\0', '\uFFFD');
  }
}
