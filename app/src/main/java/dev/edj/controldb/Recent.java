package dev.edj.controldb;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// What was read from the control database within the last second: 10,000 children of one server
/// need not ask 10,000 times. A change is seen everywhere a second later at the latest.
public final class Recent<K, V> {

  private static final long FRESH_NANOSECONDS = Duration.ofSeconds(1).toNanos();
  private static final int MOST_KEPT = 10_000;

  private final SharedRead<K, V> reader;
  private final int mostKept;
  private final Map<K, Kept<V>> kept = new ConcurrentHashMap<>();

  /// @param reader asks the control database; what it throws reaches the caller, and is not kept
  public Recent(Function<K, V> reader) {
    this(reader, MOST_KEPT);
  }

  /// @param mostKept fewer for what is large
  public Recent(Function<K, V> reader, int mostKept) {
    this.reader = new SharedRead<>(reader);
    this.mostKept = mostKept;
  }

  public V of(K key) {
    Kept<V> found = kept.get(key);
    return found != null && found.isFresh() ? found.value() : read(key);
  }

  private V read(K key) {
    long readAt = System.nanoTime();
    V value = reader.of(key);
    if (kept.size() >= mostKept) {
      kept.clear();
    }
    kept.put(key, new Kept<>(value, readAt));
    return value;
  }

  private record Kept<V>(V value, long readAt) {

    boolean isFresh() {
      return System.nanoTime() - readAt < FRESH_NANOSECONDS;
    }
  }
}
