package dev.edj.security;

import dev.edj.engine.ClientCertificate;
import dev.edj.problem.EdjException;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Client certificates and their private keys as texts; the key is kept encrypted as a password is.
public final class ClientCertificates {

  private static final String FIELD = "clientCertificate.certificates";
  private static final String CERTIFICATE = "CERTIFICATE";
  private static final int LONGEST = 100_000;
  private static final int MOST = 10;

  private ClientCertificates() {}

  /// The certificates of a text in PEM, the client's own first.
  public static List<X509Certificate> chain(String pem) {
    if (pem.length() > LONGEST) {
      throw EdjException.invalid(FIELD, "is longer than %,d characters".formatted(LONGEST));
    }
    List<X509Certificate> chain = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (PemText.Block block : PemText.blocks(pem)) {
        if (block.label().equals(CERTIFICATE)) {
          chain.add(
              (X509Certificate)
                  factory.generateCertificate(new ByteArrayInputStream(block.bytes())));
        }
      }
    } catch (CertificateException | IllegalArgumentException e) {
      throw EdjException.invalid(
          FIELD, "certificate %d cannot be read as X.509 in PEM".formatted(chain.size() + 1));
    }
    if (chain.isEmpty() || chain.size() > MOST) {
      throw EdjException.invalid(
          FIELD,
          "must be the client's X.509 certificate in PEM, and at most %d in all: -----BEGIN CERTIFICATE----- …"
              .formatted(MOST));
    }
    return List.copyOf(chain);
  }

  /// The certificates alone, as they are kept: a file may have had the key in it, too.
  public static String pem(List<X509Certificate> chain) {
    StringBuilder text = new StringBuilder();
    try {
      for (X509Certificate certificate : chain) {
        text.append(PemText.of(CERTIFICATE, certificate.getEncoded()));
      }
    } catch (CertificateException e) {
      throw new IllegalStateException("a certificate that was read can be written", e);
    }
    return text.toString();
  }

  /// The private key, encrypted for the credential of that name; an [EdjException] when it is not
  /// that of the certificate.
  ///
  /// @param keyPem in any of the forms that there are
  /// @param keyPassword of an encrypted one
  public static EncryptedPassword encryptKey(
      PublicKey key,
      String credentialName,
      List<X509Certificate> chain,
      String keyPem,
      @Nullable String keyPassword) {
    PrivateKey privateKey = ClientKey.parse(keyPem, keyPassword);
    if (!isOf(privateKey, chain.getFirst())) {
      throw EdjException.invalid(
          "clientCertificate.privateKey",
          "is not that of the certificate '%s'; the client's own certificate has to come first"
              .formatted(chain.getFirst().getSubjectX500Principal().getName()));
    }
    return PasswordCipher.encrypt(
        key, SecretContext.clientKey(credentialName), ClientKey.pem(privateKey));
  }

  /// What a login shows and proves, from what is kept.
  public static ClientCertificate decrypt(
      PrivateKeys keys, String credentialName, String certificates, EncryptedPassword privateKey) {
    List<X509Certificate> chain = chain(certificates);
    PrivateKey key =
        ClientKey.parse(
            keys.decrypt(privateKey, SecretContext.clientKey(credentialName)).text(), null);
    if (!isOf(key, chain.getFirst())) {
      throw EdjException.invalid(
          "clientCertificate",
          "the private key of credential '%s' is not that of its certificate; give both again"
              .formatted(credentialName));
    }
    return new ClientCertificate(chain, key);
  }

  /// An RSA key has its modulus in both halves; of the others a signature tells.
  private static boolean isOf(PrivateKey privateKey, X509Certificate certificate) {
    if (privateKey instanceof RSAKey own && certificate.getPublicKey() instanceof RSAKey other) {
      return own.getModulus().equals(other.getModulus());
    }
    try {
      byte[] challenge = new byte[32];
      new SecureRandom().nextBytes(challenge);
      Signature signature =
          Signature.getInstance(
              privateKey.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "EdDSA");
      signature.initSign(privateKey);
      signature.update(challenge);
      byte[] signed = signature.sign();
      signature.initVerify(certificate.getPublicKey());
      signature.update(challenge);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
