package dev.edj.portal.notice;

import dev.edj.notice.DeliveryAttempt;
import dev.edj.notice.SentDelivery;
import java.util.List;

/// What the page of a delivery shows.
record DeliveryPage(SentDelivery sent) {

  /// Each, with what was answered in one line.
  record AttemptLine(DeliveryAttempt attempt, String answer) {}

  public DeliveryLine line() {
    return new DeliveryLine(sent.delivery());
  }

  public boolean isEnded() {
    return sent.delivery().lifecycle().ended();
  }

  public List<AttemptLine> attempts() {
    return sent.attempts().reversed().stream()
        .map(attempt -> new AttemptLine(attempt, DeliveryLine.answer(attempt)))
        .toList();
  }

  /// How it stands, in a sentence; it is read aloud when it changes.
  public String sentence() {
    return switch (sent.delivery().lifecycle()) {
      case Created -> "It waits for a node with the role controller to send it.";
      case InProgress -> "It is being sent.";
      case WaitingForRetry, WaitingForChildJobExecutions -> "It waits to be tried again.";
      case Succeeded, SucceededWithSkipped -> "It has arrived.";
      case Failed, TimedOut, Canceled, Skipped -> "It was not taken, and is given up.";
    };
  }
}
