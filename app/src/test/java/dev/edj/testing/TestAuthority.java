package dev.edj.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// A certificate authority of the test's own, made with the Java platform's `keytool`.
public final class TestAuthority {

  /// Made in no time.
  private static final List<String> CURVE = List.of("-keyalg", "EC", "-groupname", "secp256r1");

  /// What most clients have.
  private static final List<String> RSA = List.of("-keyalg", "RSA", "-keysize", "2048");

  private static final String PASSWORD = "certificates";
  private static final String AUTHORITY = "authority";

  private final Path folder;
  private final Path store;
  private int issued;

  private TestAuthority(Path folder) {
    this.folder = folder;
    this.store = folder.resolve("authority.p12");
  }

  public static TestAuthority create(String name) {
    try {
      TestAuthority authority = new TestAuthority(Files.createTempDirectory("edj-authority-"));
      keytool(authority.store, AUTHORITY, name, CURVE, List.of("-ext", "bc:c"));
      return authority;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The authority's own certificate.
  public String pem() {
    return pem("CERTIFICATE", encoded(certificate(load(store), AUTHORITY)));
  }

  /// It alone.
  public KeyStore trusted() {
    try {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry(AUTHORITY, certificate(load(store), AUTHORITY));
      return trusted;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Of a client that trusts whom it has vouched for.
  public SSLSocketFactory trusting() {
    try {
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// A certificate for a host, which signs nothing else.
  public Issued forHost(String host) {
    return issue(host, CURVE, List.of("-ext", "san=dns:" + host));
  }

  /// One that was valid yesterday.
  public Issued expiredForHost(String host) {
    return issue(
        host, CURVE, List.of("-ext", "san=dns:" + host, "-startdate", "-3d", "-validity", "2"));
  }

  /// One that a client shows.
  public Issued forClient(String name) {
    return issue(name, RSA, List.of("-ext", "eku=clientAuth"));
  }

  private Issued issue(String name, List<String> key, List<String> options) {
    List<String> all = new ArrayList<>(options);
    all.addAll(List.of("-signer", AUTHORITY, "-signerkeypass", PASSWORD));
    // The signer's key has to be in the same store.
    Path copy = folder.resolve("issued-" + ++issued + ".p12");
    try {
      Files.copy(store, copy);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    keytool(copy, "issued", name, key, all);
    return new Issued(load(copy), "issued");
  }

  /// A certificate that signed itself, for a host.
  public static Issued selfSignedForHost(String host) {
    try {
      Path store = Files.createTempDirectory("edj-certificate-").resolve("store.p12");
      keytool(store, "own", host, CURVE, List.of("-ext", "san=dns:" + host));
      return new Issued(load(store), "own");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A certificate with its private key.
  public static final class Issued {

    private final KeyStore store;
    private final String alias;

    private Issued(KeyStore store, String alias) {
      this.store = store;
      this.alias = alias;
    }

    public X509Certificate certificate() {
      return TestAuthority.certificate(store, alias);
    }

    public String pem() {
      return TestAuthority.pem("CERTIFICATE", encoded(certificate()));
    }

    /// In PKCS#8, not encrypted.
    public String keyPem() {
      return TestAuthority.pem("PRIVATE KEY", key().getEncoded());
    }

    public PrivateKey key() {
      try {
        return (PrivateKey) store.getKey(alias, PASSWORD.toCharArray());
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }

    /// For a server that shows this certificate.
    public SSLContext context() {
      return context((TrustManager[]) null);
    }

    /// For a server that shows this certificate.
    ///
    /// @param clients who looks at the certificates of clients
    public SSLContext context(TrustManager @Nullable ... clients) {
      try {
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        own.setKeyEntry(alias, key(), PASSWORD.toCharArray(), store.getCertificateChain(alias));
        KeyManagerFactory keys =
            KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), clients, null);
        return context;
      } catch (GeneralSecurityException | IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static void keytool(
      Path store, String alias, String name, List<String> key, List<String> options) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                // It ends before what the second compiler makes pays for the making.
                "-J-XX:TieredStopAtLevel=1",
                "-J-XX:+UseSerialGC",
                "-genkeypair",
                "-alias",
                alias,
                "-dname",
                "CN=" + name,
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD));
    command.addAll(key);
    command.addAll(options);
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException("keytool: " + output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static KeyStore load(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, PASSWORD.toCharArray());
      return store;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static X509Certificate certificate(KeyStore store, String alias) {
    try {
      return (X509Certificate) store.getCertificate(alias);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] encoded(Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String pem(String what, byte[] encoded) {
    Base64.Encoder lines = Base64.getMimeEncoder(64, new byte[] {'\n'});
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(what, lines.encodeToString(encoded), what);
  }
}
