package dev.edj.cli;

import dev.edj.credential.NewClientCertificate;
import dev.edj.secrecy.Sensitive;
import dev.edj.security.ClientCertificates;
import dev.edj.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where a client certificate and its private key come from. The key is looked at here, and leaves
/// this process only in the encrypted form that workers can read.
final class ClientCertificateOptions {

  @Option(
      names = "--client-certificate",
      paramLabel = "FILE",
      description =
          "A PEM file with the certificate that is shown to servers that ask for one, then those of"
              + " its authorities (PostgreSQL, MySQL, MariaDB).")
  private @Nullable String certificate;

  @Option(
      names = "--client-key",
      paramLabel = "FILE",
      description =
          "A PEM file with the certificate's private key (default: the file of the certificate).")
  private @Nullable String key;

  @Option(
      names = "--client-key-password-file",
      paramLabel = "FILE",
      description = "The password that the private key is encrypted with.")
  private @Nullable String passwordFile;

  /// Read, and found to belong together, before the service is asked for anything.
  @Nullable Found read(Terminal terminal) {
    if (certificate == null) {
      if (key != null || passwordFile != null) {
        throw CommandException.badInput("--client-key needs --client-certificate");
      }
      return null;
    }
    return new Found(
        ClientCertificates.chain(ValueOptions.read(certificate, terminal)),
        ValueOptions.read(key == null ? certificate : key, terminal),
        passwordFile == null ? null : ValueOptions.read(passwordFile, terminal));
  }

  /// What the files hold.
  static final class Found {

    private final List<X509Certificate> chain;
    @Sensitive private final String key;
    @Sensitive private final @Nullable String password;

    private Found(List<X509Certificate> chain, String key, @Nullable String password) {
      this.chain = chain;
      this.key = key;
      this.password = password;
    }

    NewClientCertificate encrypted(PublicKey publicKey, String credential) {
      return new NewClientCertificate(
          ClientCertificates.pem(chain),
          null,
          null,
          ClientCertificates.encryptKey(publicKey, credential, chain, key, password));
    }
  }
}
