package dev.edj.notice;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A notice as the control database holds it, without its secrets.
record NoticeRow(
    long noticeId,
    String name,
    boolean enabled,
    List<String> events,
    @Nullable String job,
    @Nullable String webhookPlace,
    @Nullable WebhookFormat format,
    List<String> emails,
    @Nullable Instant previousKeyUntil,
    Instant createdAt,
    Instant updatedAt,
    int waiting) {

  Notice notice(@Nullable Delivery lastDelivery) {
    return new Notice(
        name,
        enabled,
        on(),
        job,
        webhookPlace == null ? null : webhookPlace + "/…",
        format,
        emails,
        previousKeyUntil,
        createdAt,
        updatedAt,
        waiting,
        lastDelivery);
  }

  boolean isByMail() {
    return !emails.isEmpty();
  }

  List<NoticeEvent> on() {
    return events.stream().map(NoticeEvent::valueOf).toList();
  }
}
