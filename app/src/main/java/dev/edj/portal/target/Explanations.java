package dev.edj.portal.target;

import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.target.ExplainedResolution;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Asks which databases targets are, for pages that do not wait for servers for ever. An answer is
/// kept for a while, so that looking through 10,000 databases asks once.
final class Explanations implements AutoCloseable {

  /// Asks servers; throws an [EdjException] when one cannot be reached.
  @FunctionalInterface
  interface Asking {
    ExplainedResolution explain(String target, @Nullable String credential);
  }

  /// What was answered, and when.
  record Answer(ExplainedResolution resolution, Instant at) {}

  private static final int MOST_KEPT = 8;
  private static final int MOST_ASKED_AT_ONCE = 8;
  private static final Duration LONGEST_KEPT = Duration.ofMinutes(10);

  private record Question(UUID target, @Nullable String credential) {}

  private final Asking asking;
  private final Duration limit;
  private final InstantSource clock;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(MOST_ASKED_AT_ONCE, Thread.ofVirtual().factory());

  /// The least recently asked first; guarded by itself.
  private final Map<Question, CompletableFuture<Answer>> answers = new LinkedHashMap<>();

  /// @param limit how long a page waits
  Explanations(Asking asking, Duration limit, InstantSource clock) {
    this.asking = asking;
    this.limit = limit;
    this.clock = clock;
  }

  /// What servers say now.
  Answer ask(UUID target, @Nullable String credential) {
    return await(future(new Question(target, credential), false));
  }

  /// What they said when they were asked last, if that is not long ago.
  Answer recall(UUID target, @Nullable String credential) {
    return await(future(new Question(target, credential), true));
  }

  private CompletableFuture<Answer> future(Question question, boolean recalled) {
    synchronized (answers) {
      CompletableFuture<Answer> known = answers.remove(question);
      CompletableFuture<Answer> future =
          known != null && (recalled ? isFresh(known) : !known.isDone())
              ? known
              : CompletableFuture.supplyAsync(() -> answer(question), threads);
      answers.put(question, future);
      if (answers.size() > MOST_KEPT) {
        answers.remove(answers.keySet().iterator().next());
      }
      return future;
    }
  }

  private boolean isFresh(CompletableFuture<Answer> known) {
    return !known.isDone()
        || (known.state() == CompletableFuture.State.SUCCESS
            && known.resultNow().at().plus(LONGEST_KEPT).isAfter(clock.instant()));
  }

  private Answer answer(Question question) {
    return new Answer(
        asking.explain(question.target().toString(), question.credential()), clock.instant());
  }

  private Answer await(CompletableFuture<Answer> future) {
    try {
      return future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new EdjException(
          ErrorCode.TARGET_UNREACHABLE,
          null,
          "There is no answer after %,d s. The servers are still being asked: ask again in a moment."
              .formatted(limit.toSeconds()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while servers were asked", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new CompletionException(e.getCause());
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
