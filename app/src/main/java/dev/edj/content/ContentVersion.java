package dev.edj.content;

import java.time.Instant;
import org.jdbi.v3.core.mapper.Nested;
import org.jspecify.annotations.Nullable;

/// One immutable version of a content.
///
/// @param version counted from 1
/// @param sha256 of a script's text in UTF-8, or of a package's file, in hexadecimal; null for a
///   package that is fetched at each run
/// @param length of a script's text in characters, or of a package's file in bytes; likewise
/// @param text left out where versions are listed, and of packages
/// @param dacpac what is known of a package; null for a script
public record ContentVersion(
    String content,
    ContentKind kind,
    int version,
    String comment,
    @Nullable String sha256,
    @Nullable Integer length,
    Instant createdAt,
    @Nullable String text,
    @Nested("dacpac") @Nullable DacpacVersion dacpac) {

  public ContentVersion {
    // Of a script, a package of which nothing is known is read.
    dacpac = kind == ContentKind.Dacpac ? dacpac : null;
  }

  /// Without what is secret in where a package comes from.
  ContentVersion shown() {
    return dacpac == null
        ? this
        : new ContentVersion(
            content, kind, version, comment, sha256, length, createdAt, text, dacpac.shown());
  }
}
