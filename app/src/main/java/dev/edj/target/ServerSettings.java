package dev.edj.target;

import dev.edj.engine.TlsMode;
import java.time.Duration;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// How EDJ dials a server, whichever target leads there.
///
/// @param trustedCertificate PEM of authority or server certificates to trust instead of the
///   platform's
/// @param maxConnections the most connections EDJ holds there at once, over all nodes
/// @param requiredLabels what a node must have to connect there
public record ServerSettings(
    TlsMode tls,
    @Nullable String trustedCertificate,
    Duration connectTimeout,
    int maxConnections,
    SortedMap<String, String> requiredLabels) {}
