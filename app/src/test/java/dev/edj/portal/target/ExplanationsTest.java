package dev.edj.portal.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edj.problem.EdjException;
import dev.edj.target.ExplainedResolution;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ExplanationsTest {

  private static final ExplainedResolution NOTHING = new ExplainedResolution(List.of(), List.of());
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);

  private final UUID target = UUID.randomUUID();
  private final AtomicInteger asked = new AtomicInteger();

  @Test
  void aPageDoesNotWaitLongerThanTheLimitAndTheAnswerIsThereLater() {
    CountDownLatch silence = new CountDownLatch(1);
    try (var explanations =
        new Explanations(
            (_, _) -> {
              asked.incrementAndGet();
              await(silence);
              return NOTHING;
            },
            Duration.ofMillis(50),
            CLOCK)) {
      assertThatThrownBy(() -> explanations.ask(target, null))
          .isInstanceOf(EdjException.class)
          .hasMessageContaining("There is no answer");
      assertThatThrownBy(() -> explanations.ask(target, null)).isInstanceOf(EdjException.class);
      assertThat(asked).hasValue(1);
    } finally {
      silence.countDown();
    }
  }

  @Test
  void whatWasAnsweredIsRecalledAndAskedForAnew() {
    try (var explanations = answering()) {
      explanations.ask(target, null);
      explanations.recall(target, null);
      assertThat(asked).hasValue(1);
      explanations.ask(target, null);
      assertThat(asked).hasValue(2);
      explanations.recall(target, "another login");
      assertThat(asked).hasValue(3);
    }
  }

  @Test
  void aRefusalIsNotKept() {
    try (var explanations =
        new Explanations(
            (_, _) -> {
              if (asked.incrementAndGet() == 1) {
                throw EdjException.invalid("credential", "give one");
              }
              return NOTHING;
            },
            Duration.ofSeconds(10),
            CLOCK)) {
      assertThatThrownBy(() -> explanations.recall(target, null))
          .isInstanceOf(EdjException.class)
          .hasMessageContaining("give one");
      assertThat(explanations.recall(target, null).resolution()).isEqualTo(NOTHING);
    }
  }

  @Test
  void onlyTheLastFewAreKept() {
    try (var explanations = answering()) {
      explanations.ask(target, null);
      for (int other = 0; other < 8; other++) {
        explanations.ask(UUID.randomUUID(), null);
      }
      explanations.recall(target, null);
      assertThat(asked).hasValue(10);
    }
  }

  private Explanations answering() {
    return new Explanations(
        (_, _) -> {
          asked.incrementAndGet();
          return NOTHING;
        },
        Duration.ofSeconds(10),
        CLOCK);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
