package dev.edj.notice;

import dev.edj.execution.Lifecycle;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One thing that is to be told to one receiver.
///
/// @param id the same in each attempt
/// @param notice the name of whose it is
/// @param event null for a test
/// @param job null for a test, like what it tells of
/// @param wave the one that is to be approved
/// @param lifecycle `Created`, `InProgress`, `WaitingForRetry`, `Succeeded` or `Failed`; the last
///   means that it was given up
/// @param attempts how many were begun
/// @param nextAttemptAt when it is tried again
/// @param lastAttempt the newest that ended
public record Delivery(
    UUID id,
    String notice,
    @Nullable NoticeEvent event,
    @Nullable String job,
    @Nullable UUID executionId,
    @Nullable Integer wave,
    Lifecycle lifecycle,
    Instant occurredAt,
    int attempts,
    @Nullable Instant nextAttemptAt,
    @Nullable DeliveryAttempt lastAttempt) {}
