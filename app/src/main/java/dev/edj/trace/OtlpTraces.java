package dev.edj.trace;

import dev.edj.duty.Duty;
import dev.edj.duty.DutyLoop;
import dev.edj.settings.TraceSettings;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends spans to a collector by OTLP over HTTP, in JSON, some hundred at a time. What the
/// collector does not take in time is dropped, and the log says so: a trace is not worth a script
/// that waits.
public final class OtlpTraces implements Traces {

  private static final Logger log = LoggerFactory.getLogger(OtlpTraces.class);
  private static final int MOST_KEPT = 10_000;
  private static final int MOST_AT_ONCE = 500;
  private static final Duration GATHERING = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofSeconds(5);
  private static final Duration BETWEEN_COMPLAINTS = Duration.ofMinutes(1);

  /// What may pass by itself, as the protocol has it.
  private static final Set<Integer> AGAIN = Set.of(429, 502, 503, 504);

  private final BlockingQueue<Span> queue = new ArrayBlockingQueue<>(MOST_KEPT);
  private final TraceSettings settings;
  private final OtlpJson json;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final AtomicLong dropped = new AtomicLong();
  private final Send duty = new Send();
  private final DutyLoop sending;
  private volatile boolean failing;
  private long complainedAtNanos = System.nanoTime() - BETWEEN_COMPLAINTS.toNanos();

  private OtlpTraces(TraceSettings settings, String version) {
    this.settings = settings;
    this.json = new OtlpJson(settings, version);
    this.sending = new DutyLoop("send-spans", duty);
  }

  /// Begins to send what comes.
  ///
  /// @param version of the program
  public static OtlpTraces start(TraceSettings settings, String version) {
    OtlpTraces traces = new OtlpTraces(settings, version);
    traces.sending.start();
    return traces;
  }

  @Override
  public boolean areWanted() {
    return true;
  }

  @Override
  public void add(Span span) {
    if (!queue.offer(span)) {
      dropped.incrementAndGet();
    }
  }

  /// Sends what is there, once and for ten seconds at most, unless the collector was away a moment
  /// ago.
  @Override
  public void close() {
    sending.close();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    List<Span> last = new ArrayList<>();
    try {
      while (!failing && queue.drainTo(last, MOST_AT_ONCE) > 0) {
        Duration left = Duration.ofNanos(deadline - System.nanoTime());
        if (!left.isPositive() || send(last, left) / 100 != 2) {
          break;
        }
        last.clear();
      }
    } catch (IOException e) {
      log.debug("the collector of traces was away at the end", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      http.shutdownNow();
    }
    dropped.addAndGet(duty.current.size() + last.size() + queue.size());
    sayDropped();
  }

  /// Sends what has come together; what a collector that is away was to have is kept for one more
  /// time, and the queue behind it fills meanwhile.
  private final class Send implements Duty {

    private final List<Span> current = new ArrayList<>();

    @Override
    public Duration perform() throws InterruptedException {
      if (current.isEmpty()) {
        Span first = queue.poll(GATHERING.toMillis(), TimeUnit.MILLISECONDS);
        if (first == null) {
          return Duration.ZERO;
        }
        current.add(first);
        queue.drainTo(current, MOST_AT_ONCE - 1);
        boolean full = current.size() == MOST_AT_ONCE;
        if (!attempt()) {
          return PAUSE;
        }
        return full && !failing ? Duration.ZERO : GATHERING;
      }
      if (!attempt()) {
        dropped.addAndGet(current.size());
        current.clear();
        return PAUSE;
      }
      return Duration.ZERO;
    }

    /// Returns whether there is nothing left to be sent again.
    private boolean attempt() throws InterruptedException {
      try {
        int status = send(current, PATIENCE);
        if (AGAIN.contains(status)) {
          complain("answers " + status);
          return false;
        }
        if (status / 100 == 2) {
          recovered();
        } else {
          // Another time it would say the same.
          dropped.addAndGet(current.size());
          complain("answers " + status);
        }
      } catch (IOException e) {
        complain(e.toString());
        return false;
      }
      current.clear();
      return true;
    }
  }

  private int send(List<Span> spans, Duration patience) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(settings.endpoint())
            .timeout(patience)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(json.body(spans)));
    settings.headers().forEach(request::setHeader);
    return http.send(request.build(), BodyHandlers.discarding()).statusCode();
  }

  /// Once, until it works again.
  private void complain(String reason) {
    if (!failing) {
      failing = true;
      log.warn(
          "the collector of traces at {} {}; spans that it does not take are dropped",
          settings.endpoint(),
          reason);
    }
  }

  private void recovered() {
    if (failing) {
      failing = false;
      log.info("the collector of traces takes spans again");
    }
    if (System.nanoTime() - complainedAtNanos >= BETWEEN_COMPLAINTS.toNanos()) {
      sayDropped();
    }
  }

  /// Those of a collector that was away, and those that one which is there does not take fast
  /// enough.
  private void sayDropped() {
    long spans = dropped.getAndSet(0);
    if (spans > 0) {
      complainedAtNanos = System.nanoTime();
      log.warn("{} spans were dropped: the collector of traces did not take them in time", spans);
    }
  }
}
