package dev.edj.scope;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Where a step works, or sends its rows.
///
/// @param job null for a query, which has none
/// @param targetId null for a destination that is in no target's name
/// @param target its name, or the destination's server and database
record Place(@Nullable String job, @Nullable UUID targetId, String target) {

  String text() {
    String where = targetId == null ? "database '%s'" : "target '%s'";
    return (job == null ? where : where + " of job '%s'").formatted(target, job);
  }
}
