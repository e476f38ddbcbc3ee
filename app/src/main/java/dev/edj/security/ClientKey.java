package dev.edj.security;

import dev.edj.problem.EdjException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.jspecify.annotations.Nullable;

/// Reads the private key of a client certificate as people have it: PEM of PKCS#8, encrypted or
/// not, of PKCS#1 (RSA) or of SEC 1 (EC). No message shows anything of it.
final class ClientKey {

  private static final String PRIVATE_KEY = "PRIVATE KEY";
  private static final String FIELD = "clientCertificate.privateKey";
  private static final String PASSWORD_FIELD = "clientCertificate.privateKeyPassword";
  private static final int LONGEST = 20_000;
  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS");
  private static final String CONVERT =
      "; openssl pkcs8 -topk8 -in key.pem -out key8.pem makes one that can be read";

  private ClientKey() {}

  /// @param password of an encrypted one
  static PrivateKey parse(String pem, @Nullable String password) {
    if (pem.length() > LONGEST) {
      throw EdjException.invalid(FIELD, "is longer than %,d characters".formatted(LONGEST));
    }
    PemText.Block block =
        PemText.blocks(pem).stream()
            .filter(each -> each.label().endsWith(PRIVATE_KEY))
            .findFirst()
            .orElseThrow(() ->
                EdjException.invalid(
                    FIELD, "must be a private key in PEM: -----BEGIN PRIVATE KEY----- …"));
    if (block.hasHeaders()) {
      throw EdjException.invalid(FIELD, "is encrypted in OpenSSL's older way" + CONVERT);
    }
    try {
      return key(pkcs8(block, password));
    } catch (EdjException e) {
      throw e;
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      // What is no key makes its readers fail in many ways. Not the cause: its text may show it.
      throw EdjException.invalid(FIELD, "the block %s cannot be read".formatted(block) + CONVERT);
    }
  }

  /// As it is kept, and [#parse] reads it.
  static String pem(PrivateKey key) {
    return PemText.of(PRIVATE_KEY, key.getEncoded());
  }

  private static byte[] pkcs8(PemText.Block block, @Nullable String password)
      throws IOException, GeneralSecurityException {
    byte[] bytes = block.bytes();
    return switch (block.label()) {
      case PRIVATE_KEY -> bytes;
      case "ENCRYPTED PRIVATE KEY" -> decrypted(bytes, password);
      case "RSA PRIVATE KEY" ->
          new PrivateKeyInfo(
                  new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
                  ASN1Sequence.getInstance(bytes))
              .getEncoded();
      case "EC PRIVATE KEY" -> {
        ECPrivateKey key = ECPrivateKey.getInstance(bytes);
        yield new PrivateKeyInfo(
                new AlgorithmIdentifier(
                    X9ObjectIdentifiers.id_ecPublicKey, key.getParametersObject()),
                key)
            .getEncoded();
      }
      default ->
          throw new IllegalArgumentException("no known kind of private key: " + block.label());
    };
  }

  private static byte[] decrypted(byte[] bytes, @Nullable String password)
      throws IOException, GeneralSecurityException {
    if (password == null) {
      throw EdjException.invalid(PASSWORD_FIELD, "is needed: the private key is encrypted");
    }
    EncryptedPrivateKeyInfo encrypted = new EncryptedPrivateKeyInfo(bytes);
    PBEKeySpec spec = new PBEKeySpec(password.toCharArray());
    try {
      return encrypted
          .getKeySpec(SecretKeyFactory.getInstance(encrypted.getAlgName()).generateSecret(spec))
          .getEncoded();
    } catch (InvalidKeyException e) {
      throw EdjException.invalid(PASSWORD_FIELD, "does not open the private key");
    } finally {
      spec.clearPassword();
    }
  }

  private static PrivateKey key(byte[] pkcs8) throws GeneralSecurityException {
    PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(pkcs8);
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(spec);
      } catch (InvalidKeySpecException e) {
        // It is of another kind.
      }
    }
    throw new InvalidKeySpecException("a private key of no known kind");
  }
}
