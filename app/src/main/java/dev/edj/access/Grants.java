package dev.edj.access;

import dev.edj.scope.Area;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// The roles that somebody has together.
record Grants(List<Grant> grants) {

  static final Grants ALL = of(Role.Administrator);

  static Grants of(Role role) {
    return new Grants(List.of(new Grant(role)));
  }

  /// @param collections none for everywhere
  static Grants of(Role role, Collection<String> collections) {
    return collections.isEmpty()
        ? of(role)
        : new Grants(collections.stream().map(name -> new Grant(role, name)).toList());
  }

  /// Whether they have it anywhere.
  boolean allow(Permission permission) {
    return permission.role().map(this::include).orElse(true);
  }

  boolean include(Role role) {
    return grants.stream().anyMatch(grant -> grant.role().includes(role));
  }

  /// Where they have a role.
  Area area(Role role) {
    List<Grant> having = grants.stream().filter(grant -> grant.role().includes(role)).toList();
    return having.stream().anyMatch(grant -> grant.collection() == null)
        ? Area.EVERYWHERE
        : Area.within(having.stream().map(Grant::collection).filter(Objects::nonNull).toList());
  }

  /// Those that are left of them when there are these collections only.
  Grants in(Collection<String> collections) {
    return new Grants(
        grants.stream()
            .filter(grant -> grant.collection() == null || collections.contains(grant.collection()))
            .toList());
  }

  /// The collections that any of them is narrowed to.
  List<String> collections() {
    return grants.stream().map(Grant::collection).filter(Objects::nonNull).distinct().toList();
  }

  Optional<Role> greatest() {
    return grants.stream().map(Grant::role).max(Comparator.naturalOrder());
  }
}
