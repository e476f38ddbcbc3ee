package dev.edj.notice;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A delivery with what was sent and what became of each attempt.
///
/// @param body null before the first attempt
/// @param attempts those that ended, in their order
public record SentDelivery(
    Delivery delivery, @Nullable String body, List<DeliveryAttempt> attempts) {}
