package dev.edj.notice;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What became of one attempt to deliver something.
///
/// @param status of HTTP or SMTP; null when there was no answer
/// @param answer what the receiver said, or why it said nothing; of a long answer the beginning
public record DeliveryAttempt(
    int number, Instant startedAt, Instant endedAt, @Nullable Integer status, String answer) {}
