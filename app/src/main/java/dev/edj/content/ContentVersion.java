package dev.edj.content;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One immutable version of a content.
///
/// @param version counted from 1
/// @param sha256 of the text in UTF-8, in hexadecimal
/// @param length of the text in characters
/// @param text left out where versions are listed
public record ContentVersion(
    String content,
    int version,
    String comment,
    String sha256,
    int length,
    Instant createdAt,
    @Nullable String text) {}
