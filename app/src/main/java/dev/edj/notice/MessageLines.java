package dev.edj.notice;

import dev.edj.execution.Counts;
import dev.edj.notice.NoticeMessage.Databases;
import dev.edj.notice.NoticeMessage.Execution;
import dev.edj.notice.NoticeMessage.FrequentError;
import dev.edj.text.Times;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What people are told beside the first sentence: one line for each thing.
final class MessageLines {

  private MessageLines() {}

  static List<String> of(@Nullable Execution execution) {
    if (execution == null) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    lines.add("Databases: " + counts(execution.databases()).text());
    if (execution.message() != null) {
      lines.add(execution.message());
    }
    execution.errors().forEach(error -> lines.add(error(error)));
    lines.add(
        "Started by %s at %s%s"
            .formatted(
                execution.startedBy(),
                Times.format(execution.createdAt()),
                execution.endedAt() == null
                    ? ""
                    : ", ended at " + Times.format(execution.endedAt())));
    lines.add("Execution " + execution.id());
    return lines;
  }

  private static String error(FrequentError error) {
    String databases = error.databases() == 1 ? "1 database" : error.databases() + " databases";
    return databases + ": " + error.message().strip().replaceAll("\\s*\\R\\s*", " ");
  }

  /// Those that have not ended as what they were when it was said.
  private static Counts counts(Databases databases) {
    return new Counts(
        databases.open(),
        0,
        0,
        databases.succeeded(),
        databases.failed(),
        databases.timedOut(),
        databases.canceled(),
        databases.skipped());
  }
}
