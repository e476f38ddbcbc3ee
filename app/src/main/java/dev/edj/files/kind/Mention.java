package dev.edj.files.kind;

import dev.edj.files.declaration.Kind;

/// Something that an object refers to by its name, and that has to be there.
///
/// @param field in which it does
public record Mention(String field, Kind kind, String name) {}
