package dev.edj.portal.notice;

import dev.edj.notice.Delivery;
import dev.edj.notice.DeliveryAttempt;

/// A delivery in words.
record DeliveryLine(Delivery delivery) {

  /// `approval-wanted (wave 2)`
  public String event() {
    String event = delivery.event() == null ? "test" : delivery.event().text();
    return delivery.wave() == null ? event : event + " (wave " + delivery.wave() + ")";
  }

  /// `500 cannot right now`, or nothing before the first answer.
  public String answer() {
    DeliveryAttempt last = delivery.lastAttempt();
    return last == null ? "" : answer(last);
  }

  static String answer(DeliveryAttempt attempt) {
    return attempt.status() == null
        ? attempt.answer()
        : (attempt.status() + " " + attempt.answer()).strip();
  }
}
