package dev.edj.worker;

import dev.edj.execution.AttemptProgress;
import dev.edj.execution.AttemptReport.BatchReport;
import dev.edj.execution.AttemptReport.LogPiece;
import dev.edj.execution.ClaimedChild;
import dev.edj.execution.KeptResult;
import dev.edj.execution.Lifecycle;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an attempt has done so far: its batches and its log. Written by the attempt, read by
/// whoever saves progress.
final class AttemptRecord {

  private static final int MOST_ENDED = 100;

  private final long claimedAtNanos = System.nanoTime();
  private final AttemptLog log;
  private final Map<Integer, BatchReport> unsaved = new LinkedHashMap<>();
  private final List<BatchReport> ended = new ArrayList<>();
  private volatile Redaction redaction = Redaction.NONE;
  private volatile boolean returnedRows;
  private volatile @Nullable KeptResult kept;
  private boolean saving;

  AttemptRecord(int logLimit) {
    this.log = new AttemptLog(logLimit, this::redacted);
  }

  /// From now on these are written down nowhere.
  void hide(List<String> secrets) {
    redaction = Redaction.of(secrets);
  }

  /// The text without them.
  String redacted(String text) {
    return redaction.redacted(text);
  }

  /// The UTF-8 text without them.
  byte[] redacted(byte[] text) {
    return redaction.hidesNothing()
        ? text
        : redacted(new String(text, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
  }

  AttemptLog log() {
    return log;
  }

  void rowsReturned() {
    returnedRows = true;
  }

  boolean hasReturnedRows() {
    return returnedRows;
  }

  /// What is to be kept of what the script returned.
  void keep(@Nullable KeptResult result) {
    kept = result;
  }

  @Nullable KeptResult kept() {
    return kept;
  }

  /// Time since the claim.
  Duration age() {
    return Duration.ofNanos(System.nanoTime() - claimedAtNanos);
  }

  Duration batchStarted(int number) {
    Duration startedAfter = age();
    put(new BatchReport(number, Lifecycle.InProgress, startedAfter, null, null));
    return startedAfter;
  }

  void batchEnded(
      int number, Duration startedAfter, Lifecycle lifecycle, @Nullable String message) {
    put(new BatchReport(number, lifecycle, startedAfter, age(), message));
  }

  private synchronized void put(BatchReport batch) {
    unsaved.put(batch.number(), batch);
    if (batch.endedAfter() != null && ended.size() < MOST_ENDED) {
      ended.add(batch);
    }
  }

  /// The first of those that have ended, whether they are saved or not.
  synchronized List<BatchReport> endedBatches() {
    return List.copyOf(ended);
  }

  /// What has changed since the last call. Whoever takes it says how it went, by [#saved] or
  /// [#giveBack].
  synchronized AttemptProgress takeProgress(ClaimedChild child) {
    saving = true;
    return new AttemptProgress(child, take(), log.take());
  }

  synchronized void saved() {
    saving = false;
    notifyAll();
  }

  /// Gives back progress that could not be saved.
  synchronized void giveBack(AttemptProgress progress) {
    progress.batches().forEach(batch -> unsaved.putIfAbsent(batch.number(), batch));
    log.giveBack(progress.log());
    saved();
  }

  /// What is left for the report. Waits for progress that is being saved: once the report is
  /// recorded, the progress would be refused.
  synchronized Remains finish() {
    boolean interrupted = false;
    while (saving) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return new Remains(take(), log.finish());
  }

  private List<BatchReport> take() {
    List<BatchReport> batches = List.copyOf(unsaved.values());
    unsaved.clear();
    return batches;
  }

  /// What no progress has saved.
  record Remains(List<BatchReport> batches, List<LogPiece> log) {}
}
