package dev.edj.cli;

import dev.edj.engine.PasswordMethod;
import dev.edj.engine.TlsMode;
import dev.edj.target.ServerSettingsChange;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
      names = "--pinned-certificate",
      paramLabel = "SHA256",
      description =
          "The SHA-256 of the server's certificate or of its public key, which no other server may"
              + " show; repeatable, and takes the place of those before.")
  private @Nullable List<String> pinnedCertificates;

  @Option(names = "--clear-pins", description = "No certificate is pinned any more.")
  private boolean clearPins;

  @Option(
      names = "--allow-password-method",
      paramLabel = "METHOD",
      description =
          "The server may ask for a password in this weaker way: md5 (PostgreSQL) or clear-text"
              + " (PostgreSQL, MySQL, MariaDB; through checked TLS); none allows neither"
              + " (default: none).")
  private @Nullable List<String> passwordMethods;

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

  @Option(
      names = "--require-label",
      paramLabel = "KEY=VALUE",
      description =
          "Only nodes with this label connect there (edj serve --label); repeatable, and takes the"
              + " place of those before.")
  private @Nullable Map<String, String> requiredLabels;

  @Option(names = "--clear-labels", description = "Any node may connect there.")
  private boolean clearLabels;

  /// Null when no option is given.
  @Nullable ServerSettingsChange settings(Terminal terminal) {
    if (tls == null
        && trustedCertificate == null
        && pins() == null
        && passwordMethods == null
        && connectTimeout == null
        && maxConnections == null
        && labels() == null) {
      return null;
    }
    return new ServerSettingsChange(
        tls,
        certificate(terminal),
        pins(),
        passwordMethods(),
        connectTimeout,
        maxConnections,
        labels());
  }

  private @Nullable List<String> pins() {
    if (clearPins && pinnedCertificates != null) {
      throw CommandException.badInput("give either --pinned-certificate or --clear-pins");
    }
    return clearPins ? List.of() : pinnedCertificates;
  }

  private @Nullable List<PasswordMethod> passwordMethods() {
    return passwordMethods == null
        ? null
        : passwordMethods.stream().flatMap(text -> passwordMethods(text).stream()).toList();
  }

  private static List<PasswordMethod> passwordMethods(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "md5" -> List.of(PasswordMethod.MD5);
      case "clear-text" -> List.of(PasswordMethod.CLEAR_TEXT);
      case "none" -> List.of();
      default ->
          throw CommandException.badInput(
              "--allow-password-method: '%s' is not one of md5, clear-text, none".formatted(text));
    };
  }

  private @Nullable Map<String, String> labels() {
    if (clearLabels && requiredLabels != null) {
      throw CommandException.badInput("give either --require-label or --clear-labels");
    }
    return clearLabels ? Map.of() : requiredLabels;
  }

  private @Nullable String certificate(Terminal terminal) {
    return trustedCertificate == null || trustedCertificate.isEmpty()
        ? trustedCertificate
        : new String(ScriptSource.bytes(trustedCertificate, terminal), StandardCharsets.UTF_8);
  }
}
