package dev.edj.notice;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who is told of what.
///
/// @param on of what
/// @param job of which job; null means all jobs
/// @param webhook where it is sent, as far as it may be seen: a path may be what opens the door;
///   null for e-mail, together with `format`
/// @param emails the addresses that it is sent to; empty for a webhook
/// @param previousKeyUntil until when what is sent is signed with the key before the present one,
///   too
/// @param waiting how many deliveries have not come to their end
/// @param lastDelivery the newest; null before the first
public record Notice(
    String name,
    boolean enabled,
    List<NoticeEvent> on,
    @Nullable String job,
    @Nullable String webhook,
    @Nullable WebhookFormat format,
    List<String> emails,
    @Nullable Instant previousKeyUntil,
    Instant createdAt,
    Instant updatedAt,
    int waiting,
    @Nullable Delivery lastDelivery) {}
