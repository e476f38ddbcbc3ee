package dev.edj.security;

import dev.edj.audit.NewAuditEvent;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Has a new key take the place of the present one, while everything goes on.
///
/// A new key is made, or one is taken that somebody gave to the nodes. It is encrypted with once
/// every live node that decrypts has it; then all that is kept is encrypted anew, and the older
/// keys are taken out of use. Whatever happens in between, each node can decrypt all there is.
public final class KeyRotations {

  private final Jdbi jdbi;

  public KeyRotations(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /// Begins one, or tells of the one that is under way.
  public KeyRotation request() {
    return jdbi.inTransaction(handle -> {
      KeyRotationStore store = handle.attach(KeyRotationStore.class);
      boolean begun = store.request() > 0;
      KeyRotation rotation = store.newest().orElseThrow();
      if (begun) {
        NewAuditEvent.of("key.rotate")
            .named("encryption keys")
            .id(rotation.id())
            .after(rotation)
            .record(handle);
      }
      return rotation;
    });
  }

  /// The one that is under way, or else the last one.
  public Optional<KeyRotation> newest() {
    return jdbi.withExtension(KeyRotationStore.class, KeyRotationStore::newest);
  }

  /// One step towards the end of the one that is under way; false when there is nothing that this
  /// node can do now.
  ///
  /// @param nodeId this node, whose keys they are
  /// @param reencrypt encrypts what is kept anew, if there is anything under another key
  public boolean advance(PrivateKeys keys, long nodeId, BooleanSupplier reencrypt) {
    Optional<KeyRotation> rotation = newest();
    if (rotation.isEmpty() || rotation.get().endedAt() != null) {
      return false;
    }
    String key = rotation.get().keyId();
    if (key != null && isActive(key)) {
      return reencrypt.getAsBoolean() || end();
    }
    return jdbi.inTransaction(handle -> prepare(handle, keys, nodeId));
  }

  private boolean isActive(String key) {
    return jdbi.withExtension(KeyRotationStore.class, store -> store.isActive(key));
  }

  private static boolean prepare(Handle handle, PrivateKeys keys, long nodeId) {
    KeyRotationStore rotations = handle.attach(KeyRotationStore.class);
    EncryptionKeyStore store = handle.attach(EncryptionKeyStore.class);
    Optional<KeyRotation> claimed = rotations.claim();
    if (claimed.isEmpty()) {
      return false;
    }
    store.lock();
    long id = claimed.get().id();
    String key = claimed.get().keyId();
    if (key == null) {
      key = rotations.waitingKey().or(() -> keys.make(store, nodeId)).orElse(null);
      if (key == null) {
        rotations.waitFor(
            id,
            "a new private key: this node has its keys from a variable or a command; make one with"
                + " edj key generate, and put it there beside the present one");
        return false;
      }
      rotations.useKey(id, key);
    }
    List<String> without = rotations.nodesWithout(key);
    if (without.isEmpty()) {
      store.activate(key);
      NewAuditEvent.of("key.activate").named(key).record(handle);
      rotations.waitFor(id, null);
      return true;
    }
    rotations.waitFor(
        id, "the private half of key %s on %s".formatted(key, String.join(", ", without)));
    return false;
  }

  /// Nothing is encrypted with another key any more, as far as was seen; a password that came in
  /// the meantime keeps its key.
  private boolean end() {
    return jdbi.inTransaction(handle -> {
      KeyRotationStore rotations = handle.attach(KeyRotationStore.class);
      Optional<KeyRotation> claimed = rotations.claim();
      String key = claimed.map(KeyRotation::keyId).orElse(null);
      if (claimed.isEmpty() || key == null) {
        return false;
      }
      handle.attach(EncryptionKeyStore.class).lock();
      rotations
          .retireOthers(key)
          .forEach(old -> NewAuditEvent.of("key.retire").named(old).record(handle));
      rotations.end(claimed.get().id());
      return false;
    });
  }
}
