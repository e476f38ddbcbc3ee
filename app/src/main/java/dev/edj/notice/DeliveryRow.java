package dev.edj.notice;

import dev.edj.execution.Lifecycle;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A delivery as the control database holds it, with its newest attempt.
record DeliveryRow(
    UUID deliveryId,
    long noticeId,
    String notice,
    @Nullable NoticeEvent event,
    @Nullable String job,
    @Nullable UUID executionId,
    @Nullable Integer wave,
    Lifecycle lifecycle,
    Instant occurredAt,
    int attempts,
    @Nullable Instant dueAt,
    @Nullable String body,
    @Nullable Integer number,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable Integer status,
    @Nullable String answer) {

  Delivery delivery() {
    return new Delivery(
        deliveryId,
        notice,
        event,
        job,
        executionId,
        wave,
        lifecycle,
        occurredAt,
        attempts,
        lifecycle == Lifecycle.InProgress ? null : dueAt,
        lastAttempt());
  }

  private @Nullable DeliveryAttempt lastAttempt() {
    return number == null || startedAt == null || endedAt == null || answer == null
        ? null
        : new DeliveryAttempt(number, startedAt, endedAt, status, answer);
  }
}
