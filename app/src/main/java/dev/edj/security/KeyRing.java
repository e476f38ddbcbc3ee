package dev.edj.security;

import static java.util.Objects.requireNonNull;

import com.google.crypto.tink.HybridDecrypt;
import com.google.crypto.tink.Key;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.hybrid.HpkePrivateKey;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Private keys by their ids. The last one is what a first start encrypts with.
final class KeyRing {

  static final KeyRing EMPTY = new KeyRing(new LinkedHashMap<>());

  private final SequencedMap<String, Held> keys;

  private KeyRing(SequencedMap<String, Held> keys) {
    this.keys = keys;
  }

  /// @param publicKeyset the public half, as a keyset of its own
  private record Held(String publicKeyset, HybridDecrypt decrypt) {}

  /// Of several keysets the first one's primary key comes last.
  static KeyRing of(List<KeysetHandle> keysets) throws GeneralSecurityException {
    List<HpkePrivateKey> inOrder = new ArrayList<>();
    for (KeysetHandle keyset : keysets.reversed()) {
      for (int i = 0; i < keyset.size(); i++) {
        if (keyset.getAt(i).getKey() instanceof HpkePrivateKey key) {
          boolean last = keyset.getAt(i).isPrimary() && keyset == keysets.getFirst();
          inOrder.add(last ? inOrder.size() : 0, key);
        }
      }
    }
    SequencedMap<String, Held> keys = new LinkedHashMap<>();
    for (HpkePrivateKey key : inOrder) {
      keys.putLast(Hpke.keyId(key.getPublicKey()), held(key));
    }
    return new KeyRing(keys);
  }

  private static Held held(HpkePrivateKey key) throws GeneralSecurityException {
    return new Held(
        TinkJsonProtoKeysetFormat.serializeKeysetWithoutSecret(
            keyset(key.getPublicKey()), Hpke.configuration()),
        keyset(key).getPrimitive(Hpke.configuration(), HybridDecrypt.class));
  }

  private static KeysetHandle keyset(Key key) throws GeneralSecurityException {
    return KeysetHandle.newBuilder()
        .setConfiguration(Hpke.configuration())
        .addEntry(KeysetHandle.importKey(key).makePrimary())
        .build();
  }

  boolean isEmpty() {
    return keys.isEmpty();
  }

  Set<String> ids() {
    return keys.keySet();
  }

  String lastId() {
    return keys.lastEntry().getKey();
  }

  String publicKeyset(String keyId) {
    return requireNonNull(keys.get(keyId)).publicKeyset();
  }

  @Nullable HybridDecrypt find(String keyId) {
    Held held = keys.get(keyId);
    return held == null ? null : held.decrypt();
  }
}
