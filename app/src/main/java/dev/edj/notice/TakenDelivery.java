package dev.edj.notice;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A delivery that this node is to send now.
///
/// @param format null for e-mail
/// @param emails who is still to get it; empty for a webhook, and when all have it
/// @param partlyTaken whether somebody of an e-mail has it
/// @param attempt the number of this attempt
/// @param counted which attempt it is since somebody last asked for it
/// @param body null before it was composed
record TakenDelivery(
    UUID deliveryId,
    long noticeId,
    String notice,
    @Nullable WebhookFormat format,
    List<String> emails,
    boolean partlyTaken,
    @Nullable NoticeEvent event,
    @Nullable UUID executionId,
    @Nullable Integer wave,
    Instant occurredAt,
    int attempt,
    int counted,
    Instant takenAt,
    @Nullable String body) {

  boolean isByMail() {
    return format == null;
  }

  boolean isTest() {
    return event == null;
  }

  /// As receivers know it.
  String messageId() {
    return "msg_" + deliveryId;
  }
}
