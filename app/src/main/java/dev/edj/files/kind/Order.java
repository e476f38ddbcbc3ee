package dev.edj.files.kind;

import dev.edj.files.declaration.SecretDestination;
import dev.edj.files.source.Declared;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What is to be done with one object that a file declares.
///
/// @param present what the service has; null when it has none
/// @param wanted what it is to have
public record Order<T extends Record>(
    Declared<T> declared,
    @Nullable ObjectNode present,
    ObjectNode wanted,
    List<FieldChange> changes) {

  private static final String SAVE = "save";

  /// Whether a secret is needed to carry it out.
  public boolean needs(SecretUse secret) {
    return present == null || changes.stream().anyMatch(secret::isNeededFor);
  }

  boolean changes(String top) {
    return changes.stream().anyMatch(change -> change.top().equals(top));
  }

  /// Puts a secret of what was just made where the file wants it. Nobody could learn it any more
  /// when that fails, so that what was made goes again.
  ///
  /// @param undo deletes what was made
  void save(String secret, SecretDestination destination, Secrets secrets, Runnable undo) {
    try {
      secrets.save(secret, destination, declared.place(SAVE));
    } catch (RuntimeException e) {
      undo.run();
      throw e;
    }
  }
}
