package dev.edj.controldb;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reads that many threads want at once, each for itself, and that one read can answer: whoever
/// comes while a read is under way shares the next one. What a caller gets was always read after it
/// asked, so that nobody decides by what was true before.
public final class SharedRead<K, V> {

  private static final int MOST_LANES = 10_000;

  private final Function<K, V> reader;
  private final Map<K, Lane<V>> lanes = new ConcurrentHashMap<>();

  /// @param reader asks the control database; what it throws reaches one caller, and the others
  ///   that shared its read ask again
  public SharedRead(Function<K, V> reader) {
    this.reader = reader;
  }

  public V of(K key) {
    if (lanes.size() >= MOST_LANES) {
      // Whoever holds a lane still reads in it; the next ones meet in a new one.
      lanes.clear();
    }
    return lanes.computeIfAbsent(key, _ -> new Lane<>()).read(() -> reader.apply(key));
  }

  /// The reads of one key, one after the other.
  private static final class Lane<V> {

    private final ReentrantLock turn = new ReentrantLock();
    private volatile Answer<V> next = new Answer<>();

    V read(Supplier<V> reader) {
      Answer<V> mine = next; // no read has begun for it
      turn.lock();
      try {
        V value = mine.value;
        if (value == null) {
          next = new Answer<>();
          value = reader.get();
          mine.value = value;
        }
        return value;
      } finally {
        turn.unlock();
      }
    }
  }

  /// Written and read by whoever has the turn.
  private static final class Answer<V> {
    private @Nullable V value;
  }
}
