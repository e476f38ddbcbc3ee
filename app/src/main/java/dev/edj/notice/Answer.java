package dev.edj.notice;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What came of one attempt.
///
/// @param status of HTTP or SMTP; null when there was no answer
/// @param text what the receiver said, or why it said nothing; in one line, and of a long one the
///   beginning
/// @param retryAfter the time that the receiver asked for
/// @param takenBy of the addresses of an e-mail, those that have it, where not all do
/// @param refusedBy those that never will
record Answer(
    Verdict verdict,
    @Nullable Integer status,
    String text,
    @Nullable Duration retryAfter,
    List<String> takenBy,
    List<String> refusedBy) {

  private static final int LONGEST = 500;

  /// Whoever wrote it, it is kept in a table and shown on terminals.
  Answer {
    String line = text.replaceAll("[\\p{Cc}\\p{Cf}\\s]+", " ").strip();
    text =
        line.codePointCount(0, line.length()) <= LONGEST
            ? line
            : line.substring(0, line.offsetByCodePoints(0, LONGEST));
  }

  /// Of a receiver that takes all or nothing.
  Answer(Verdict verdict, @Nullable Integer status, String text, @Nullable Duration retryAfter) {
    this(verdict, status, text, retryAfter, List.of(), List.of());
  }

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
