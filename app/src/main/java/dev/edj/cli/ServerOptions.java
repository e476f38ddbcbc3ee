package dev.edj.cli;

import dev.edj.engine.TlsMode;
import dev.edj.target.ServerSettingsChange;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that say how a server is dialled.
final class ServerOptions {

  @Option(
      names = "--tls",
      paramLabel = "MODE",
      description =
          "verify-full checks the certificate and its host name, verify-ca the certificate only,"
              + " require nothing, disable does not encrypt (default: verify-full).")
  private @Nullable TlsMode tls;

  @Option(
      names = "--trusted-certificate",
      paramLabel = "FILE",
      description =
          "A PEM file with the certificate of an authority, or of the server, to trust; '' goes"
              + " back to those of the Java runtime.")
  private @Nullable String trustedCertificate;

  @Option(
      names = "--connect-timeout",
      paramLabel = "DURATION",
      description = "The longest wait for a connection (default: 15s).")
  private @Nullable Duration connectTimeout;

  @Option(
      names = "--max-connections",
      paramLabel = "NUMBER",
      description = "The most connections EDJ holds there at once (default: 32).")
  private @Nullable Integer maxConnections;

  /// Null when no option is given.
  @Nullable ServerSettingsChange settings(Terminal terminal) {
    if (tls == null
        && trustedCertificate == null
        && connectTimeout == null
        && maxConnections == null) {
      return null;
    }
    return new ServerSettingsChange(tls, certificate(terminal), connectTimeout, maxConnections);
  }

  private @Nullable String certificate(Terminal terminal) {
    return trustedCertificate == null || trustedCertificate.isEmpty()
        ? trustedCertificate
        : new String(ScriptSource.bytes(trustedCertificate, terminal), StandardCharsets.UTF_8);
  }
}
