package dev.edj.controldb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Integer> first = threads.submit(() -> shared.of("key"));
      await(begun);
      CountDownLatch asked = new CountDownLatch(50);
      List<Future<Integer>> later = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        later.add(
            threads.submit(() -> {
              asked.countDown();
              return shared.of("key");
            }));
      }
      await(asked);
      Thread.sleep(50); // between the count and the question
      goOn.countDown();

      assertThat(first.get()).isEqualTo(1);
      for (Future<Integer> one : later) {
        assertThat(one.get()).isGreaterThan(1);
      }
      assertThat(reads.get()).isLessThan(10);
    }
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
