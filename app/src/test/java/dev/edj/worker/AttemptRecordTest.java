package dev.edj.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.execution.AttemptProgress;
import dev.edj.execution.AttemptReport.LogPiece;
import dev.edj.execution.ClaimedChild;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class AttemptRecordTest {

  private static final ClaimedChild CHILD =
      new ClaimedChild(UUID.randomUUID(), 1, 1, "d", 1, 1, null, 0, null, null);

  private final AttemptRecord record = new AttemptRecord(1_000);

  @Test
  void theReportDoesNotOvertakeProgressThatIsBeingSaved() throws Exception {
    record.log().line("one");
    record.takeProgress(CHILD);
    record.log().line("two");
    CompletableFuture<AttemptRecord.Remains> remains = finishing();
    record.saved();
    assertThat(remains.get().log()).containsExactly(new LogPiece(1, "two\n"));
  }

  @Test
  void progressThatCouldNotBeSavedIsInTheReport() throws Exception {
    record.log().line("one");
    Duration started = record.batchStarted(1);
    AttemptProgress lost = record.takeProgress(CHILD);
    CompletableFuture<AttemptRecord.Remains> remains = finishing();
    record.giveBack(lost);
    assertThat(remains.get().log()).containsExactly(new LogPiece(0, "one\n"));
    assertThat(remains.get().batches())
        .singleElement()
        .satisfies(batch -> assertThat(batch.startedAfter()).isEqualTo(started));
  }

  /// Another thread that finishes, once it waits.
  private CompletableFuture<AttemptRecord.Remains> finishing() throws InterruptedException {
    CompletableFuture<AttemptRecord.Remains> remains = new CompletableFuture<>();
    Thread thread = Thread.ofPlatform().daemon().start(() -> remains.complete(record.finish()));
    while (thread.getState() != Thread.State.WAITING) {
      assertThat(remains).as("did not wait").isNotDone();
      Thread.sleep(1);
    }
    return remains;
  }
}
