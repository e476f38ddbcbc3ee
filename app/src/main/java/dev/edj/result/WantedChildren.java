package dev.edj.result;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which children of a step are wanted, as [ResultStore] binds it; null leaves a criterion out.
/// Public because Jdbi binds public types only.
public record WantedChildren(
    @Nullable UUID child,
    @Nullable Integer serverId,
    @Nullable String database,
    @Nullable String lifecycle) {

  static final WantedChildren ALL = new WantedChildren(null, null, null, null);

  static WantedChildren only(UUID child) {
    return new WantedChildren(child, null, null, null);
  }
}
