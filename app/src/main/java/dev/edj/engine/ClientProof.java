package dev.edj.engine;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/// Shows the client certificate of a login to a server that asks for one, after [ServerTrust] has
/// accepted that server's own.
final class ClientProof extends X509ExtendedKeyManager {

  private static final String ALIAS = "client";

  private final Dialling dialling;
  private final ClientCertificate certificate;

  ClientProof(Dialling dialling, ClientCertificate certificate) {
    this.dialling = dialling;
    this.certificate = certificate;
  }

  /// Whichever authorities the server names: a certificate that it does not take is refused by it
  /// with a reason, where one that is held back leaves it to guess.
  ///
  /// @param keyTypes such as `RSA` or `EC`, some of them with the signature's behind a `_`
  @Override
  public @Nullable String chooseClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
    String algorithm = certificate.key().getAlgorithm();
    boolean fits =
        Arrays.stream(keyTypes).anyMatch(type -> (type + "_").startsWith(algorithm + "_"));
    if (!fits || !dialling.isProven()) {
      return null;
    }
    dialling.show();
    return ALIAS;
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return certificate.chain().toArray(X509Certificate[]::new);
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return certificate.key();
  }

  @Override
  public @Nullable String chooseEngineClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return null;
  }

  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return null;
  }
}
