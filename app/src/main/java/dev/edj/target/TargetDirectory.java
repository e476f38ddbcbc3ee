package dev.edj.target;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// Targets as people look through them: so many at a time, however many there are. No server is
/// asked.
public final class TargetDirectory {

  private final DirectoryStore store;
  private final TargetStore targets;

  public TargetDirectory(Jdbi jdbi) {
    this.store = jdbi.onDemand(DirectoryStore.class);
    this.targets = jdbi.onDemand(TargetStore.class);
  }

  /// In the order of their names.
  public List<TargetEntry> list(TargetSearch search, int limit) {
    return store.list(search.kind(), search.text(), search.loose(), search.after(), limit);
  }

  /// Some of the names that hold a text, in whatever case; first those that begin with it.
  public List<String> names(String text, int limit) {
    return store.names(text, limit);
  }

  /// How many there are of each kind, with this text in their names; kinds without any are missing.
  public Map<TargetKind, Integer> count(@Nullable String text) {
    return store.count(text);
  }

  /// The children of a collection, in the order of their names.
  ///
  /// @param text a part of the name, in whatever case; null for all
  /// @param after the name of the last one of the page before
  public List<ChildTarget> children(
      UUID collection, @Nullable String text, @Nullable String after, int limit) {
    return store.children(collection, text, after, limit).stream()
        .map(ChildStore.ChildRow::child)
        .toList();
  }

  /// The same for a tree, where what has children of its own comes first.
  public List<TreeEntry> branch(UUID collection, int limit) {
    return store.branch(collection, limit);
  }

  public TargetUsers users(UUID target) {
    return new TargetUsers(targets.jobs(target), targets.collections(target));
  }
}
