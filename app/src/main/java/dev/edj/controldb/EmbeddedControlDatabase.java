package dev.edj.controldb;

import java.nio.file.Path;

/// A PostgreSQL server of our own in a data directory that lasts.
@SuppressWarnings({"DoNotCallSuggester", "ObjectToString"})
public final class EmbeddedControlDatabase implements AutoCloseable {

  private EmbeddedControlDatabase() {}

  /// Starts the server, making the data directory when there is none.
  public static EmbeddedControlDatabase start(Path dataDirectory) {
    throw new UnsupportedOperationException("not yet " + dataDirectory);
  }

  public ControlDatabaseAddress address() {
    throw new UnsupportedOperationException("not yet");
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException("not yet");
  }
}
