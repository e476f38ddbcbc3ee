package dev.edj.target;

import dev.edj.credential.ShownCertificate;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a server shows of itself to whoever logs in.
///
/// @param certificate null when the connection is not encrypted
/// @param clockAhead how far its clock is ahead of the control database's, to some milliseconds;
///   negative when it is behind
public record ServerFacts(
    String server, @Nullable ShownCertificate certificate, Duration clockAhead) {}
