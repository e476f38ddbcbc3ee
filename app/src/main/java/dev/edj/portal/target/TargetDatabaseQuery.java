package dev.edj.portal.target;

import dev.edj.portal.site.PagePath;
import dev.edj.portal.site.Typed;
import dev.edj.target.ExplainedDatabase;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which of a target's databases to show.
///
/// @param credential to ask servers with whose target has none of its own
/// @param text a part of the server, the database or a way
/// @param state `in`, `out`, or anything else for both
/// @param from how many to pass over
/// @param asked whether an answer is known to be there; else servers are asked
record TargetDatabaseQuery(
    @Nullable String credential,
    @Nullable String text,
    @Nullable String state,
    @Nullable Integer from,
    @Nullable Boolean asked) {

  static final int ROWS = 100;

  int start() {
    return from == null ? 0 : Math.max(0, from);
  }

  List<ExplainedDatabase> among(List<ExplainedDatabase> databases) {
    String part = Typed.stripped(text) == null ? "" : String.valueOf(Typed.stripped(text));
    String sought = part.toLowerCase(Locale.ROOT);
    return databases.stream().filter(database -> isMeant(database, sought)).toList();
  }

  private boolean isMeant(ExplainedDatabase database, String sought) {
    boolean stands = !"in".equals(state) || database.in();
    stands &= !"out".equals(state) || !database.in();
    return stands
        && (sought.isEmpty()
            || contains(database.database(), sought)
            || contains(database.server(), sought)
            || database.ways().stream().anyMatch(way -> contains(way, sought)));
  }

  private static boolean contains(String text, String sought) {
    return text.toLowerCase(Locale.ROOT).contains(sought);
  }

  /// The same from another place on.
  PagePath path(UUID target, int from) {
    return PagePath.of("targets", target, "databases")
        .with("credential", Typed.stripped(credential))
        .with("text", Typed.stripped(text))
        .with("state", state)
        .with("from", from == 0 ? null : from)
        .with("asked", true);
  }
}
