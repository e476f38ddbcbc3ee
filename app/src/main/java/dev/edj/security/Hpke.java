package dev.edj.security;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Configuration;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.hybrid.HpkeParameters;
import com.google.crypto.tink.hybrid.HpkeParameters.AeadId;
import com.google.crypto.tink.hybrid.HpkeParameters.KdfId;
import com.google.crypto.tink.hybrid.HpkeParameters.KemId;
import com.google.crypto.tink.hybrid.HpkeParameters.Variant;
import com.google.crypto.tink.hybrid.HpkePublicKey;
import com.google.crypto.tink.hybrid.HybridConfig2026;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;

/// The scheme: HPKE (RFC 9180) with X25519, HKDF-SHA256 and AES-256-GCM.
final class Hpke {

  private static final int KEY_ID_BYTES = 8;

  private Hpke() {}

  static Configuration configuration() {
    return HybridConfig2026.get();
  }

  static KeysetHandle newKey() throws GeneralSecurityException {
    return KeysetHandle.generateNew(parameters(), configuration());
  }

  /// The keys, and another one, which is the primary one.
  static KeysetHandle withNewKey(KeysetHandle keys) throws GeneralSecurityException {
    return KeysetHandle.newBuilder(keys)
        .setConfiguration(configuration())
        .addEntry(
            KeysetHandle.generateEntryFromParameters(parameters()).withRandomId().makePrimary())
        .build();
  }

  private static HpkeParameters parameters() throws GeneralSecurityException {
    return HpkeParameters.builder()
        .setKemId(KemId.DHKEM_X25519_HKDF_SHA256)
        .setKdfId(KdfId.HKDF_SHA256)
        .setAeadId(AeadId.AES_256_GCM)
        .setVariant(Variant.TINK)
        .build();
  }

  /// With the private keys in it.
  static String json(KeysetHandle keyset) throws GeneralSecurityException {
    return TinkJsonProtoKeysetFormat.serializeKeyset(
        keyset, configuration(), InsecureSecretKeyAccess.get());
  }

  static KeysetHandle publicKeyset(String json) throws GeneralSecurityException {
    return TinkJsonProtoKeysetFormat.parseKeysetWithoutSecret(json, configuration());
  }

  /// The same for a public key wherever it is met: the beginning of its SHA-256.
  @AccessesPartialKey
  static String keyId(HpkePublicKey key) throws GeneralSecurityException {
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(key.getPublicKeyBytes().toByteArray());
    return HexFormat.of().formatHex(digest, 0, KEY_ID_BYTES);
  }
}
