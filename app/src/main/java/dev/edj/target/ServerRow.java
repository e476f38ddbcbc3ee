package dev.edj.target;

import dev.edj.engine.PasswordMethod;
import dev.edj.engine.ServerName;
import dev.edj.engine.TlsMode;
import dev.edj.node.Labels;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A server as the control database holds it.
///
/// @param problem why it cannot be dialled; its name is then no server's
record ServerRow(
    int serverId,
    String name,
    TlsMode tls,
    @Nullable String trustedCertificate,
    List<String> pinnedCertificates,
    List<PasswordMethod> passwordMethods,
    Duration connectTimeout,
    int maxConnections,
    List<String> requiredLabels,
    @Nullable String problem) {

  ServerName serverName() {
    return ServerName.parse(name);
  }

  ServerSettings settings() {
    return new ServerSettings(
        tls,
        trustedCertificate,
        pinnedCertificates,
        passwordMethods,
        connectTimeout,
        maxConnections,
        Labels.byKey(requiredLabels));
  }
}
