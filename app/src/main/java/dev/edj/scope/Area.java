package dev.edj.scope;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Where somebody has a right: everywhere, or within collections.
///
/// @param limits each names collections, of which what lies in the area is in one; it has to be so
///   for every limit. Without any, the area is everything; a limit without collections leaves
///   nothing
public record Area(List<Set<String>> limits) {

  public static final Area EVERYWHERE = new Area(List.of());
  public static final Area NOWHERE = within(Set.of());

  public static Area within(Collection<String> collections) {
    return new Area(List.of(new TreeSet<>(collections)));
  }

  public boolean isEverywhere() {
    return limits.isEmpty();
  }

  /// What is in both.
  public Area and(Area other) {
    return new Area(Stream.concat(limits.stream(), other.limits.stream()).toList());
  }
}
