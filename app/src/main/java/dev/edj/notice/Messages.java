package dev.edj.notice;

import static java.util.Objects.requireNonNullElse;

import dev.edj.execution.Counts;
import dev.edj.execution.ErrorGroup;
import dev.edj.execution.Executions;
import dev.edj.execution.JobExecution;
import dev.edj.execution.RunDatabases;
import dev.edj.execution.RunWaves;
import dev.edj.notice.NoticeMessage.Data;
import dev.edj.notice.NoticeMessage.Database;
import dev.edj.notice.NoticeMessage.Databases;
import dev.edj.notice.NoticeMessage.Execution;
import dev.edj.notice.NoticeMessage.FrequentError;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Finds out what there is to tell.
final class Messages {

  private static final int MOST_ERRORS = 3;

  /// Of a text that a database server wrote.
  private static final int LONGEST = 500;

  private final Executions executions;
  private final RunDatabases databases;
  private final @Nullable URI portal;

  /// @param portal where people reach it; null when nobody said
  Messages(Executions executions, RunDatabases databases, @Nullable URI portal) {
    this.executions = executions;
    this.databases = databases;
    this.portal = portal;
  }

  NoticeMessage of(TakenDelivery delivery) {
    NoticeEvent event = delivery.event();
    UUID id = delivery.executionId();
    if (event == null || id == null) {
      String text = "Test of notice '%s': it arrives".formatted(delivery.notice());
      return new NoticeMessage(
          NoticeMessage.TEST, delivery.occurredAt(), new Data(delivery.notice(), text, null));
    }
    Execution execution = execution(id, event, delivery.wave());
    return new NoticeMessage(
        event.type(),
        delivery.occurredAt(),
        new Data(delivery.notice(), text(event, execution), execution));
  }

  private Execution execution(UUID id, NoticeEvent event, @Nullable Integer wave) {
    JobExecution run = executions.named(id);
    return new Execution(
        id,
        run.job(),
        run.jobVersion(),
        run.lifecycle(),
        run.createdBy(),
        run.schedule(),
        run.createdAt(),
        run.startedAt(),
        run.endedAt(),
        databases(requireNonNullElse(run.children(), Counts.NONE)),
        wave,
        wave == null ? null : databases.waves(id).map(RunWaves::waves).orElse(null),
        run.message() == null ? null : shortened(run.message()),
        event == NoticeEvent.Succeeded
            ? List.of()
            : databases.errors(id).stream().limit(MOST_ERRORS).map(Messages::error).toList(),
        link(id, event));
  }

  private static Databases databases(Counts counts) {
    return new Databases(
        counts.total(),
        counts.succeeded(),
        counts.failed(),
        counts.timedOut(),
        counts.canceled(),
        counts.skipped(),
        counts.total() - counts.ended());
  }

  private static FrequentError error(ErrorGroup group) {
    return new FrequentError(
        shortened(group.message()),
        group.size(),
        group.first().stream().map(Database::of).toList());
  }

  private static String shortened(String text) {
    return text.codePointCount(0, text.length()) <= LONGEST
        ? text
        : text.substring(0, text.offsetByCodePoints(0, LONGEST - 1)) + "…";
  }

  /// Where one looks, or approves.
  private @Nullable String link(UUID id, NoticeEvent event) {
    String page = "/executions/" + id + (event == NoticeEvent.ApprovalWanted ? "/approve" : "");
    return portal == null ? null : portal.toString().replaceFirst("/+$", "") + page;
  }

  private static String text(NoticeEvent event, Execution execution) {
    return "Job '%s' %s".formatted(execution.job(), what(event, execution));
  }

  private static String what(NoticeEvent event, Execution execution) {
    return switch (event) {
      case Failed -> "failed";
      case TimedOut -> "timed out";
      case Succeeded -> "succeeded";
      case StoppedByThreshold -> "was stopped: too many databases failed";
      case ApprovalWanted ->
          "waits for an approval of wave %d of %d".formatted(execution.wave(), execution.waves());
    };
  }
}
