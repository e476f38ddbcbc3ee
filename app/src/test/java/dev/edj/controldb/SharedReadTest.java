package dev.edj.controldb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SharedReadTest {

  @Test
  void whoeverComesDuringAReadSharesTheNextOneAndNeverGetsWhatWasReadBefore() throws Exception {
    AtomicInteger reads = new AtomicInteger();
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    SharedRead<String, Integer> shared =
        new SharedRead<>(_ -> {
          int number = reads.incrementAndGet();
          begun.countDown();
          await(goOn);
          return number;
        });
    FutureTask<Integer> first = new FutureTask<>(() -> shared.of("key"));
    Thread.ofVirtual().start(first);
    await(begun);
    List<FutureTask<Integer>> later = new ArrayList<>();
    List<Thread> asking = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      FutureTask<Integer> one = new FutureTask<>(() -> shared.of("key"));
      later.add(one);
      asking.add(Thread.ofVirtual().start(one));
    }
    while (asking.stream().anyMatch(thread -> thread.getState() != Thread.State.WAITING)) {
      Thread.onSpinWait();
    }
    goOn.countDown();

    assertThat(first.get()).isEqualTo(1);
    for (FutureTask<Integer> one : later) {
      assertThat(one.get()).isEqualTo(2);
    }
    assertThat(reads).hasValue(2);
  }

  @Test
  void eachKeyIsReadForItselfAndEachTimeAnew() {
    AtomicInteger reads = new AtomicInteger();
    SharedRead<String, String> shared = new SharedRead<>(key -> key + reads.incrementAndGet());
    assertThat(List.of(shared.of("a"), shared.of("b"), shared.of("a")))
        .containsExactly("a1", "b2", "a3");
  }

  @Test
  void aFailedReadIsNobodyElses() {
    AtomicInteger reads = new AtomicInteger();
    SharedRead<String, Integer> shared =
        new SharedRead<>(_ -> {
          if (reads.incrementAndGet() == 1) {
            throw new IllegalStateException("lost");
          }
          return reads.get();
        });
    assertThatThrownBy(() -> shared.of("key")).hasMessage("lost");
    assertThat(shared.of("key")).isEqualTo(2);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
