package dev.edj.api;

import java.time.Instant;

/// What the service says of itself.
record ServiceState(String version, Instant startedAt, ControlDatabaseState controlDatabase) {

  /// @param embedded the service's own, in its data directory
  record ControlDatabaseState(boolean available, boolean embedded) {}
}
