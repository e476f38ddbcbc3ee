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

  /// Whether a secret is needed to carry it out.
  public boolean needs(SecretUse secret) {
    return present == null || changes.stream().anyMatch(secret::isNeededFor);
  }

  boolean changes(String top) {
    return changes.stream().anyMatch(change -> change.top().equals(top));
  }

  /// Whether the service makes a secret when it is carried out.
  public boolean makesSecret() {
    return present == null || changes(Nodes.SAVE);
  }

  /// Has room kept for a secret, before the service makes it.
  void reserve(SecretDestination destination, Secrets secrets) {
    secrets.reserve(destination, declared.place(Nodes.SAVE));
  }

  /// Puts a secret of what was just made where the file wants it. Nobody could learn it any more
  /// when that fails, so that what was made goes again.
  ///
  /// @param undo deletes what was made
  void save(String secret, SecretDestination destination, Secrets secrets, Runnable undo) {
    try {
      secrets.save(secret, destination, declared.place(Nodes.SAVE));
    } catch (RuntimeException e) {
      undo.run();
      throw e;
    }
  }
}
