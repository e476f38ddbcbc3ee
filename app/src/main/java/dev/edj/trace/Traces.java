package dev.edj.trace;

/// Takes spans. Any number of threads may add some; nobody waits.
public interface Traces extends AutoCloseable {

  /// Of a service that nobody traces.
  Traces NONE =
      new Traces() {
        @Override
        public boolean areWanted() {
          return false;
        }

        @Override
        public void add(Span span) {}

        @Override
        public void close() {}
      };

  /// Whether it is worth while to make spans.
  boolean areWanted();

  void add(Span span);

  @Override
  void close();
}
