package dev.edj.engine;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import javax.net.ssl.KeyManager;
import org.jspecify.annotations.Nullable;
import org.mariadb.jdbc.Configuration;

/// One attempt to log in: where it may connect to, and what the server has to prove. All sockets of
/// its driver ask it: the first one, those that a server sends the login on to, and those that are
/// opened later to cancel a statement.
///
/// What is checked is the address that is then connected to. Between a check of the name and the
/// driver's own look at the name server, the answer could change.
final class Dialling {

  /// Of the thread that logs in, where drivers make their socket factories.
  static final ScopedValue<Dialling> CURRENT = ScopedValue.newInstance();

  private static final String OPTION = "edjDialling";

  private final ServerName server;
  private final DialRule rule;
  private final Protection protection;
  private final @Nullable ClientCertificate certificate;
  private final Consumer<X509Certificate> witness;
  private volatile boolean proven;
  private volatile boolean shown;
  private volatile @Nullable String refusal;

  Dialling(ConnectionSettings settings) {
    this.server = settings.server();
    this.rule = settings.rule();
    this.protection = settings.protection();
    this.certificate = settings.identity().certificate();
    this.witness = settings.witness();
  }

  /// Tells the driver of MariaDB, which opens sockets on other threads, too.
  void putInto(Properties options) {
    options.put(OPTION, this);
  }

  /// What the driver of MariaDB was told.
  static Dialling of(Configuration configuration) {
    return requireNonNull((Dialling) configuration.nonMappedOptions().get(OPTION));
  }

  Protection protection() {
    return protection;
  }

  /// For the Java platform's TLS; null when the login has no certificate.
  KeyManager @Nullable [] proof() {
    return certificate == null ? null : new KeyManager[] {new ClientProof(this, certificate)};
  }

  /// Whether a connection was to be encrypted that is not: no certificate was shown that would do.
  boolean isUnprotected() {
    return protection.tls() != TlsMode.DISABLE && !proven;
  }

  /// The server shows a certificate, which may not do.
  void see(X509Certificate shown) {
    witness.accept(shown);
  }

  /// The server has shown a certificate that will do.
  void prove() {
    proven = true;
  }

  boolean isProven() {
    return proven;
  }

  /// The server has asked for the client certificate.
  void show() {
    shown = true;
  }

  /// The client certificate, when the server has asked for it.
  Optional<ClientCertificate> shown() {
    return shown ? Optional.ofNullable(certificate) : Optional.empty();
  }

  /// Why nothing was sent; the drivers lose it on the way.
  Optional<String> refusal() {
    return Optional.ofNullable(refusal);
  }

  void refuse(String reason) {
    refusal = reason;
  }

  /// The address to connect to: the one that the driver found, or another one of the same name when
  /// that one is not allowed.
  InetSocketAddress allowed(InetSocketAddress wanted) throws IOException {
    if (wanted.isUnresolved()) {
      throw new UnknownHostException(wanted.getHostString());
    }
    ServerName name = name(wanted);
    Optional<String> refused = rule.findRefusal(name, wanted.getAddress());
    if (refused.isEmpty()) {
      return wanted;
    }
    for (InetAddress other : InetAddress.getAllByName(wanted.getHostString())) {
      if (rule.findRefusal(name, other).isEmpty()) {
        return new InetSocketAddress(other, wanted.getPort());
      }
    }
    throw refused(name, refused.get());
  }

  /// The port of a named instance is told by the host itself.
  private ServerName name(InetSocketAddress wanted) throws IOException {
    try {
      ServerName name =
          new ServerName(server.engine(), wanted.getHostString(), wanted.getPort(), null);
      return server.instance() != null && name.host().equals(server.host()) ? server : name;
    } catch (IllegalArgumentException e) {
      throw refused(server, "the server sends the login on to no server: " + e.getMessage());
    }
  }

  private IOException refused(ServerName name, String reason) {
    String text =
        name.equals(server)
            ? reason
            : "%s sends the login on: %s".formatted(server.canonical(), reason);
    refuse(text);
    return new IOException(text);
  }
}
