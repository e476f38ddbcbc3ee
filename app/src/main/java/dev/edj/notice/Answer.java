package dev.edj.notice;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What came of one attempt.
///
/// @param status of HTTP or SMTP; null when there was no answer
/// @param text what the receiver said, or why it said nothing
/// @param retryAfter the time that the receiver asked for
record Answer(
    Verdict verdict, @Nullable Integer status, String text, @Nullable Duration retryAfter) {

  enum Verdict {
    /// The receiver has it.
    TAKEN,
    /// It may take it another time.
    LATER,
    /// It said that it never will.
    NEVER
  }

  static Answer later(String text) {
    return new Answer(Verdict.LATER, null, text, null);
  }
}
