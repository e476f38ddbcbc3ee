package dev.edj.target;

import dev.edj.engine.TlsMode;
import java.time.Duration;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// How EDJ dials a server, whichever target leads there.
///
/// @param trustedCertificate PEM of an authority or server certificate to trust beside the
///   platform's
/// @param maxConnections the most connections EDJ holds there at once, over all nodes
/// @param requiredLabels what a node must have to connect there
public record ServerSettings(
    TlsMode tls,
    @Nullable String trustedCertificate,
    Duration connectTimeout,
    int maxConnections,
    SortedMap<String, String> requiredLabels) {}
