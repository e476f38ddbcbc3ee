package dev.edj.target;

import dev.edj.engine.ServerName;
import dev.edj.engine.TlsMode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A server as the control database holds it.
record ServerRow(
    int serverId,
    String name,
    TlsMode tls,
    @Nullable String trustedCertificate,
    Duration connectTimeout,
    int maxConnections) {

  ServerName serverName() {
    return ServerName.parse(name);
  }

  ServerSettings settings() {
    return new ServerSettings(tls, trustedCertificate, connectTimeout, maxConnections);
  }
}
