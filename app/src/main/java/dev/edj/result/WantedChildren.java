package dev.edj.result;

import dev.edj.execution.Lifecycle;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which children of a step are wanted, as [ResultStore] binds it; null leaves a criterion out.
/// Public because Jdbi binds public types only.
public record WantedChildren(
    @Nullable UUID child,
    @Nullable Integer serverId,
    @Nullable String database,
    @Nullable String lifecycle) {

  /// Those that have returned something, or nothing, to their end.
  static final WantedChildren SUCCEEDED =
      new WantedChildren(null, null, null, Lifecycle.Succeeded.name());

  static WantedChildren only(UUID child) {
    return new WantedChildren(child, null, null, null);
  }
}
