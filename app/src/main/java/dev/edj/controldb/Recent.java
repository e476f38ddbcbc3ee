package dev.edj.controldb;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// What was read from the control database within the last second: 10,000 children of one server
/// need not ask 10,000 times. A change is seen everywhere a second later at the latest, unless
/// another time is given.
public final class Recent<K, V> {

  private static final Duration FRESH = Duration.ofSeconds(1);
  private static final int MOST_KEPT = 10_000;

  private final SharedRead<K, V> reader;
  private final int mostKept;
  private final Duration fresh;
  private final Map<K, Kept<V>> kept = new ConcurrentHashMap<>();

  /// @param reader asks the control database; what it throws reaches the caller, and is not kept
  public Recent(Function<K, V> reader) {
    this(reader, MOST_KEPT);
  }

  /// @param mostKept fewer for what is large
  public Recent(Function<K, V> reader, int mostKept) {
    this(reader, mostKept, FRESH);
  }

  /// @param fresh how old an answer may be
  public Recent(Function<K, V> reader, int mostKept, Duration fresh) {
    this.reader = new SharedRead<>(reader);
    this.mostKept = mostKept;
    this.fresh = fresh;
  }

  public V of(K key) {
    Kept<V> found = kept.get(key);
    return found != null && found.isYoungerThan(fresh) ? found.value() : read(key);
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

    boolean isYoungerThan(Duration age) {
      return System.nanoTime() - readAt < age.toNanos();
    }
  }
}
