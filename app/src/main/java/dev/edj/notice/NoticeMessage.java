package dev.edj.notice;

import dev.edj.execution.ErrorGroup.Member;
import dev.edj.execution.Lifecycle;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What receivers are told, in the words of the Standard Webhooks: `{"type", "timestamp", "data"}`.
///
/// @param type `execution.failed`
/// @param timestamp when it came to be so
record NoticeMessage(String type, Instant timestamp, Data data) {

  static final String TEST = "notice.test";

  /// @param notice by whose wish it is sent
  /// @param text all of it in a sentence for people
  /// @param execution null for a test, like what comes after it
  record Data(String notice, String text, @Nullable Execution execution) {}

  /// @param databases how many stand where; one counts once for each step
  /// @param wave the one that is to be approved
  /// @param message why it ended as it did
  /// @param errors the most frequent ones
  /// @param link to its page in the portal
  record Execution(
      UUID id,
      String job,
      int jobVersion,
      Lifecycle lifecycle,
      String startedBy,
      @Nullable String schedule,
      Instant createdAt,
      @Nullable Instant startedAt,
      @Nullable Instant endedAt,
      Databases databases,
      @Nullable Integer wave,
      @Nullable Integer waves,
      @Nullable String message,
      List<FrequentError> errors,
      @Nullable String link) {}

  /// How many ended how, and how many have not ended.
  record Databases(
      int total, int succeeded, int failed, int timedOut, int canceled, int skipped, int open) {}

  /// @param databases how many it happened on
  /// @param first some of them
  record FrequentError(String message, int databases, List<Database> first) {}

  record Database(String server, String database) {

    static Database of(Member member) {
      return new Database(member.server(), member.database());
    }
  }
}
