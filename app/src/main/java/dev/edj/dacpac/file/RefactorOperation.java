package dev.edj.dacpac.file;

import java.util.UUID;

/// One entry of the log of renames that a package brings.
///
/// @param key by which a database remembers that it has been done
/// @param element as it was called before
/// @param elementType such as `SqlSimpleColumn`
public record RefactorOperation(UUID key, ObjectName element, String elementType, Change change) {

  /// What is done to it.
  public sealed interface Change {}

  public record Rename(String newName) implements Change {}

  public record MoveToSchema(String newSchema) implements Change {}
}
